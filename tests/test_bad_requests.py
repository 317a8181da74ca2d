"""Bad addresses, hosts, headers and sign-ins: each has its decided answer, and none breaks the portal."""

from urllib.parse import quote

import pytest
from lxml import html

from core.languages import CHINESE, ENGLISH
from core.text_request import TextRequest
from tests.addresses import MALFORMED, lang_of

pytestmark = pytest.mark.usefixtures("portal")

PROBED = (
    *(
        "/.env",
        "/wp-login.php",
        "/phpmyadmin/",
        "/backup.sql",
        "/server-status",
        "/metrics",
        "/api/v2/pages/",
        "/api/v3/pages/",
    ),
    *("/i18n/setlang/", "/images/AAAA/1/width-1%7Cformat-png/x.jpg", "/documents/999999999/x.pdf", "/documents/1/海智.pdf"),
    *("/media/original_images/", "/media/..%2f..%2fportal.sqlite3", "/海智/", "/zh.php", "/admin.php", "/zh/admin/"),
)


@pytest.mark.parametrize("prefix", ["zh", "en"])
@pytest.mark.parametrize(
    "route",
    [
        *(
            "news/0000/",
            "news/1000/",
            "news/2300/",
            "news/99999999999/",
            "news/202/",
            "news/２０２３/",
            "news/2023/13/",
            "news/2023/00/",
        ),
        *(
            "news/2023/3/",
            "news/2023/03/06/",
            "news/1950/",
            "news/topics/",
            "news/topics/nothing/",
            "news/feed/rss/",
            "news/1000/feed/",
        ),
        *("bases/nothing/", "bases/data/", "bases/data/xml/", "bases/YANSHAN-UNIVERSITY/", "bases/燕山大学/", "bases/a b/"),
        *(
            "nothing/",
            "海智/",
            "%/",
            "%zz/",
            "../../etc/passwd",
            "..%2f..%2fetc%2fpasswd",
            "..;/admin/",
            "\\evil.example/",
            "😀/",
            "a\nb/",
        ),
        *(
            "x" * 300 + "/",
            ".svn/entries",
            "index.php",
            "-/",
            "a/" * 500,
            "\u202egpj/",
            "'/",
            "<script>/",
            "{{7*7}}/",
        ),
    ],
)
def test_an_address_of_nothing_is_not_found(client, prefix, route):
    response = client.get(f"/{prefix}/" + (route if "%" in route else quote(route)))
    assert response.status_code == 404
    assert html.document_fromstring(response.content.decode()).xpath("string(//meta[@name='robots']/@content)") == "noindex"


@pytest.mark.parametrize("path", PROBED)
def test_what_scanners_look_for_is_not_there(client, path):
    assert client.get(path).status_code == 404
    assert client.post(path).status_code == 404


@pytest.mark.parametrize("path", ["//evil.example/", "/\\evil.example/", "//evil.example/zh", "///zh", "/zh//evil.example"])
def test_an_address_that_looks_like_another_host_leads_nowhere(client, path):
    response = client.get("/", PATH_INFO=path)
    assert response.status_code == 404
    assert "Location" not in response.headers


@pytest.mark.parametrize(
    "path", ["/media/images/..%2f..%2fsecret-key", "/media/images/../../portal.sqlite3", "/static/..%2fmanage.py"]
)
def test_no_path_leads_out_of_a_folder_of_files(client, path):
    assert client.get(path).status_code in (400, 404)


@pytest.mark.parametrize("path", ["/zh/", "/zh/news/", "/", "/admin/", "/documents/1/", "/static/", "/media/", "/nothing/"])
def test_a_path_that_is_no_text_is_refused(client, path):
    answers = {raw: client.get(path + raw).status_code for raw in MALFORMED}
    assert answers == dict.fromkeys(answers, 400)


@pytest.mark.parametrize(("path", "first", "second"), [("/zh/nothing/", CHINESE, ENGLISH), ("/en/nothing/", ENGLISH, CHINESE)])
def test_a_missing_page_is_told_in_both_languages_that_of_the_address_first(client, path, first, second):
    tree = html.document_fromstring(client.get(path).content.decode())
    assert tree.get("lang") == first.tag
    assert lang_of(tree.find(".//h1")) == first.tag
    assert lang_of(tree.find(".//h2")) == second.tag


@pytest.mark.parametrize(
    "host", ["evil.example", "", "testserver:99999x", "a" * 300, "testserver@evil.example", "海智.example"]
)
def test_a_host_that_is_not_ours_is_refused(client, host):
    response = client.get("/zh/", headers={"host": host})
    assert response.status_code == 400
    assert "evil.example" not in response.content.decode()


@pytest.mark.parametrize(
    "headers",
    [
        {"x-forwarded-host": "evil.example"},
        {"x-original-url": "/admin/", "x-rewrite-url": "/admin/"},
        {"x-http-method-override": "DELETE"},
        {"if-modified-since": "Mon, 99 Foo 99999999999999 99:99:99 GMT"},
        {"if-none-match": 'W/"', "range": "bytes=0-0,0-0"},
        {"cookie": "sessionid=" + "a" * 300},
        {"cookie": "django_language=../../etc/passwd; =;;"},
        {"accept": "\x00", "accept-language": "\xff" * 500},
        {"content-length": "abc"},
    ],
)
def test_odd_headers_change_nothing(client, headers):
    for path in ("/zh/", "/en/bases/", "/zh/news/feed/"):
        odd, plain = client.get(path, headers=headers), client.get(path)
        assert (odd.status_code, odd.content, odd.headers) == (200, plain.content, plain.headers)


@pytest.mark.parametrize("next_page", ["//evil.example/", "https://evil.example/", "/\\evil.example/", "javascript:alert(1)"])
def test_signing_in_never_leads_off_the_portal(client, staff, next_page):
    user = staff("writer")
    assert client.get("/admin/login/", {"next": next_page}).status_code == 200
    form = {"login": user.username, "password": "a long password of the tests", "next": next_page}
    response = client.post("/admin/login/?next=" + quote(next_page), form)
    assert (response.status_code, response.headers["Location"]) == (302, "/admin/")


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        ("login=%00&password=%00", "application/x-www-form-urlencoded", 400),
        ("login=%ff&password=%ff", "application/x-www-form-urlencoded", 200),
        ("&".join(f"a{number}=1" for number in range(12_000)), "application/x-www-form-urlencoded", 413),
        ("[" * 100_000, "application/json", 413),
        ("--x\r\nContent-Disposition: form-data; name", "multipart/form-data; boundary=x", 200),
        ("x", "multipart/form-data", 400),
    ],
)
def test_a_malformed_sign_in_signs_nobody_in(client, body, content_type, status):
    response = client.post("/admin/login/", body, content_type=content_type)
    assert response.status_code == status
    assert "sessionid" not in response.cookies


@pytest.mark.parametrize(
    "parameter", ["charset=base64", "charset=rot13", "charset=utf-16", "charset=x", "charset=", "a*=nothing''x"]
)
def test_what_is_not_written_in_utf_8_is_refused(client, parameter, monkeypatch):
    monkeypatch.setattr("django.test.client.WSGIRequest", TextRequest)  # as the portal's own WSGI application does
    for path in ("/zh/search/?q=a", "/zh/bases/?q=%61&page=1", "/admin/choose-page/"):
        response = client.get(path, CONTENT_TYPE=f"multipart/form-data; boundary=x; {parameter}")
        assert response.status_code == 400
