"""What hostile visitors write where a value is expected."""

import json

#: Harmless as long as it is escaped: an opened tag, both quotes, and nothing that any page contains by itself.
MARKER = "<zq'\"x>"

NUMBERS = (
    *("-1", "0", "00", "01", "1.0", "1e1", "1e400", "+1", " 1", "1 ", "１", "①", "٣", "1_0", "0x1", "1,2"),
    *("NaN", "Infinity", "-inf", "None", "null", "true", "True", "False", "on", "[]", "{}", "", " "),
    *("2147483648", "-2147483649", "9223372036854775807", "9223372036854775808", "-9223372036854775809"),
    *("18446744073709551616", "9" * 30, "9" * 400, "9" * 3000, "0" * 2000 + "1", "1000000000", "99999999"),
)
TEXTS = (
    *(MARKER, "'", '"', "''; DROP TABLE x; --", "%", "_", "\\", "*", "(", "[", "a AND", "NEAR(", 'a" OR b:"c', "^", "-"),
    *("\u3000", "\t", "\n", "\r\nX-Evil: 1", "\r", "a\x00b", "\x00", "\x1b[31m", "\x7f", "\x85", "\u2028", "\u202egpj"),
    *("\ud800", "\udfff\ud800", "\ufffe", "\uffff", "\ufdd0", "\U0010ffff", "e\u0301", "\u200b", "😀", "中文", "İ", "ß"),
    *("{{7*7191}}", "{% csrf_token %}", "${7*7191}", "%s%n%d", "{0.__class__}", "../../etc/passwd", "..\\..\\x", "a/b", "/"),
    *("//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:alert(1)", "data:text/html,x", "mailto:x"),
    *("http://[::1", "http://a:99999/", "http://例え.テスト/", "tel:+86", "#", "?", "?a=b&c", ";", "a=1;b=2"),
    *("x" * 300, "中" * 300, "x" * 3000, "word " * 300, "-" * 256, "a," * 400, "𠮷" * 200),
    *("live", "latest", "earliest", "__all__", "all", "id", "-id", "pk", "title", "-title", "?", "password", "ord"),
    *("csv", "xlsx", "xml", "json", "en", "zh-hans", "zh", "fr", "xx-yy", "core.page", "wagtailcore.Page", "news.NewsPage"),
    *("auth.user", "news.newspage,portal.homepage", "a.b", "news.", ".", "a.b.c", "contenttypes.ContentType"),
)
DATES = (
    *("2026-02-30", "0000-00-00", "0001-01-01", "9999-12-31", "10000-01-01", "99999-01-01", "2026-13-01", "2026-1-1"),
    *("２０２３-01-01", "2026-01-01T00:00:00Z", "0001-01-01T00:00", "9999-12-31 23:59", "0001-01-01 00:00", "-0001-01-01"),
    *("1", "2026", "2026-", "01/02/2026", "2026-01-01 25:00", "2026-03-29 02:30", "now", "1900-01-01 00:00"),
)
IDENTIFIERS = (
    *("00000000-0000-0000-0000-000000000000", "not-a-uuid", "{00000000-0000-0000-0000-000000000000}", "z" * 36),
    *("0" * 32, "urn:uuid:00000000-0000-0000-0000-000000000000"),
)


def content_state(**changes) -> str:
    """Return the JSON of Draftail's editor with one linked word, with `changes`."""
    block = {
        "key": "a1b2c",
        "text": "word",
        "type": "unstyled",
        "depth": 0,
        "inlineStyleRanges": [],
        "entityRanges": [{"key": 0, "offset": 0, "length": 4}],
    }
    entity = {"type": "LINK", "mutability": "MUTABLE", "data": {"id": 3, "url": "/zh/", "parentId": 2}}
    state = {"blocks": [block | changes.get("block", {})], "entityMap": {"0": entity | changes.get("entity", {})}}
    return json.dumps(state | changes.get("state", {}))


_DEEP = "[" * 3000 + "]" * 3000
STRUCTURES = (
    *("{", "[", "[]", "{}", "null", "1", '"a"', "[null]", "[[]]", "[1, 2]", '{"a": 1}', '"\\ud800"', "[NaN]", "1e999", _DEEP),
    *('{"blocks": null}', '{"blocks": {}, "entityMap": {}}', '{"blocks": [1], "entityMap": []}', '{"entityMap": {}}'),
    '{"blocks": [{}], "entityMap": {}}',
    *(content_state(block={"entityRanges": ranges}) for ranges in ([{}], None, [1], [{"key": 7, "offset": 0, "length": 1}])),
    content_state(block={"entityRanges": [{"key": 0, "offset": -5, "length": 10**9}]}),
    content_state(block={"inlineStyleRanges": [{"style": "EVIL", "offset": 0, "length": 99}]}),
    *(content_state(block={"type": kind}) for kind in ("atomic", "header-nine", None, 5, "unordered-list-item")),
    *(content_state(block={"depth": depth}) for depth in (-1, 400, "a", None)),
    *(content_state(block={"text": text}) for text in (None, 5, "a\x00b", "\ud800", MARKER, "")),
    *(content_state(entity={"type": kind}) for kind in ("DOCUMENT", "IMAGE", "EMBED", "EVIL", None, "HORIZONTAL_RULE")),
    *(content_state(entity={"data": data}) for data in (None, [], {}, {"id": "abc"}, {"id": None}, {"id": "９"})),
    *(content_state(entity={"data": {"id": number}}) for number in (-1, 10**30, "9" * 400, 1.5, "1 or 1", MARKER, [1])),
    *(content_state(entity={"data": {"url": url}}) for url in ("javascript:alert(1)", None, 5, "\x00", MARKER, "http://[")),
    *(content_state(entity={"type": "DOCUMENT", "data": {"id": number}}) for number in ("abc", 10**30, "9" * 400, None)),
    *(content_state(entity={"type": "IMAGE", "data": {"id": number}}) for number in ("abc", 10**30, None)),
    content_state(state={"entityMap": None}),
)
ALL = (*NUMBERS, *TEXTS, *DATES, *IDENTIFIERS, *STRUCTURES)
SHORT = tuple(value for value in ALL if len(value) < 500)

HEADERS = {
    "Accept": ("", "*/*;q=abc", "application/json", "text/html;q=1e9", "x" * 3000, "\x00", ",,,;;", "image/webp"),
    "Accept-Language": ("", "zz-ZZ", "\xff" * 200, "en;q=9999999999999999", "zh;q=-1", "a" * 2000, ",".join(["en"] * 500), "*"),
    "Accept-Encoding": ("gzip;q=abc", "br, gzip, *;q=0", "\xe4"),
    "Content-Type": (
        *("text/plain", "application/json", "application/xml", "multipart/form-data", "multipart/form-data; boundary="),
        *("multipart/form-data; boundary=\xff", "application/x-www-form-urlencoded; charset=utf-7", "a", "\x00"),
        *("application/x-www-form-urlencoded; charset=nothing", "application/x-www-form-urlencoded; charset=idna"),
        *("multipart/form-data; boundary=x; charset=base64", "application/json; charset=rot13", "text/html; charset=utf-16"),
    ),
    "Content-Length": ("abc", "-1", "0", "99999999999999999999", "1", "1.5", "", "１"),
    "Cookie": ("", "=;;", "a" * 5000, "django_language=../../x", "csrftoken=\x00", "sessionid=" + "a" * 300, '"', "\xff=\xff"),
    "Host": ("", "evil.example", "testserver:99999x", "a" * 300, "[::1", "testserver@evil.example", "\xe4.example"),
    "If-Match": ("*", '"x"', "W/"),
    "If-Modified-Since": ("Mon, 99 Foo 99999999999999 99:99:99 GMT", "0", "Thu, 01 Jan 1970 00:00:00 GMT", "Fri, 31 Dec 9999"),
    "If-None-Match": ("*", 'W/"', '"' + "a" * 3000, ",,,", '"\xff"'),
    "If-Range": ('"x"', "Mon", ""),
    "If-Unmodified-Since": ("Mon, 99 Foo", "Thu, 01 Jan 1970 00:00:00 GMT"),
    "Origin": ("null", "https://evil.example", "", "\x00", "http://["),
    "Range": ("bytes=0-0,0-0", "bytes=-1", "bytes=99999999999999999999-", "bytes=a-b", "x=1", "bytes=" + "0-0," * 500),
    "Referer": ("", "http://[", "https://evil.example/", "//evil.example", "\x00", MARKER, "x" * 3000),
    "User-Agent": ("", MARKER, "\x00", "x" * 5000, "\xff", "() { :;}; echo"),
    "X-Csrftoken": ("", "\x00", "a" * 64, "\xff" * 64),
    "X-Forwarded-For": ("evil", "1.2.3.4, 5.6.7.8", "\x00", "::1", "999.1.1.1", "a," * 500),
    "X-Forwarded-Host": ("evil.example", "", "\x00"),
    "X-Forwarded-Proto": ("https", "javascript", "https,http", ""),
    "X-Http-Method-Override": ("DELETE", "PUT", "\x00"),
    "X-Original-Url": ("/admin/", "//evil.example/"),
    "X-Requested-With": ("XMLHttpRequest", "", MARKER),
    "X-Real-Ip": ("evil", "\x00", "1.2.3.4"),
    "Sec-Fetch-Site": ("cross-site", "\x00"),
    "Upgrade": ("websocket", "h2c"),
}
METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND", "FOO", "get", "CONNECT")
BODIES = (
    *(b"", b"\x00", b"\xff\xfe", b"a=%00", b"a=%ff", b"%ed%a0%80=1", b"=&=&", b"a[]=1&a[0]=2", b"{", b"[]", b"null", b'"x"'),
    *(
        b"[" * 100_000,
        b'{"a":' * 20_000,
        b'"\\ud800"',
        b'{"a": "\\u0000"}',
        b"--x\r\n",
        b"--x--\r\n",
        b"<?xml version='1.0'?><a/>",
    ),
    b"&".join(b"a%d=1" % number for number in range(10_500)),
    b"a=" + b"9" * 100_000,
    b'--x\r\nContent-Disposition: form-data; name="a\xff"\r\n\r\n\xff\r\n--x--\r\n',
    b'--x\r\nContent-Disposition: form-data; name="file"; filename="a\x00b"\r\n\r\nx\r\n--x--\r\n',
    b"--x\r\nContent-Disposition: form-data; name=\"a\"; filename*=utf-7''%ff\r\n\r\nx\r\n--x--\r\n",
    b'--x\r\nContent-Disposition: form-data; name="a"\r\nContent-Transfer-Encoding: base64\r\n\r\n!\r\n--x--\r\n',
)
BODY_TYPES = (
    *("application/x-www-form-urlencoded", "application/json", "multipart/form-data; boundary=x", "text/plain", ""),
    "application/x-www-form-urlencoded; charset=nothing",
)
#: In front of the content: the file name.
FILES = (
    *(("x.png", b""), ("x.png", b"\x89PNG\r\n\x1a\n" + b"\x00" * 40), ("x.jpg", b"\xff\xd8\xff\xe0" + b"\x00" * 64)),
    *(("x.gif", b"GIF89a" + b"\xff" * 32), ("x.webp", b"RIFF\xff\xff\xff\xffWEBPVP8 " + b"\x00" * 24), ("x.svg", b"<svg/>")),
    *(("x.pdf", b"%PDF-1.4\n"), ("x.pdf", b"<html><script>1</script>"), ("x.csv", b"\xff\xfe\x00"), ("x.csv", b'"a\n')),
    *(("x.csv", b"a,b\n/from,/to\n"), ("x.xlsx", b"PK\x03\x04" + b"\x00" * 64), ("x.zip", b"PK\x05\x06" + b"\x00" * 18)),
    *(("", b"x"), (".", b"x"), ("..", b"x"), ("a\x00b.png", b"x"), ("../../x.png", b"x"), ("x" * 300 + ".png", b"x")),
    *(("中" * 120 + ".pdf", b"%PDF"), (MARKER + ".pdf", b"%PDF"), ("\ud800.pdf", b"%PDF"), ("x.pdf.exe", b"MZ")),
    *(("CON.pdf", b"%PDF"), ("x.PDF ", b"%PDF"), ("a\r\nb.pdf", b"%PDF"), ("\u202efdp.pdf", b"%PDF"), ("x", b"%PDF")),
)
