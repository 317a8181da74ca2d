"""What an intruder writes into fields: each would call __pwned in the browser of whoever reads it, if it could."""

CALL = "__pwned(1)"

TEXTS = (
    f"<script>{CALL}</script>",
    f"</script><script>{CALL}</script>",
    f"</title><script>{CALL}</script>",
    f"</textarea><script>{CALL}</script>",
    f"--><script>{CALL}</script><!--",
    f"]]><script>{CALL}</script>",
    f'"><script>{CALL}</script>',
    f"'><img src=x onerror={CALL}>",
    f'" onmouseover="{CALL}" x="',
    f"' onfocus='{CALL}' autofocus='",
    f"<img src=x onerror={CALL}>",
    f"<svg onload={CALL}>",
    f"<svg><script>{CALL}</script></svg>",
    f"<svg><animate onbegin={CALL} attributeName=x dur=1s>",
    f"<math><mtext><table><mglyph><style><img src=x onerror={CALL}>",
    f"<iframe srcdoc='<script>parent.{CALL}</script>'></iframe>",
    f"<iframe src=javascript:parent.{CALL}></iframe>",
    f"<object data=javascript:{CALL}></object>",
    f"<embed src=javascript:{CALL}>",
    f"<details open ontoggle={CALL}>",
    f"<video><source onerror={CALL}></video>",
    f"<body onload={CALL}>",
    f"<input autofocus onfocus={CALL}>",
    f"<marquee onstart={CALL}>",
    f"<style>@import 'javascript:{CALL}'</style>",
    f"<meta http-equiv=refresh content='0;url=javascript:{CALL}'>",
    f"<base href=javascript:{CALL}//>",
    f"<link rel=stylesheet href=javascript:{CALL}>",
    f"<form><button formaction=javascript:{CALL}>x",
    f"<noscript><p title='</noscript><img src=x onerror={CALL}>'>",
    f"&lt;script&gt;{CALL}&lt;/script&gt;",
    f"&#60;script&#62;{CALL}&#60;/script&#62;",
    f"\\u003cscript\\u003e{CALL}\\u003c/script\\u003e",
    f"{{{{constructor.constructor('{CALL}')()}}}}",
    f"{{% include x %}}${{{CALL}}}`${{{CALL}}}`",
    f"＜script＞{CALL}＜/script＞",
    f"<scr\u200bipt>{CALL}</scr\u200bipt>",
    f"\u202e<script>{CALL}</script>",
    f"<x:script xmlns:x='http://www.w3.org/1999/xhtml'>{CALL}</x:script>",
    f"javascript:{CALL}",
    f"'-{CALL}-'",
    f'\\";{CALL};//',
)

ADDRESSES = (
    f"javascript:{CALL}",
    f"JaVaScRiPt:{CALL}",
    f" javascript:{CALL}",
    f"java\tscript:{CALL}",
    f"java\u200bscript:{CALL}",
    f"\x01javascript:{CALL}",
    f"javascript://%0a{CALL}",
    f"javascript&colon;{CALL}",
    f"data:text/html,<script>opener.{CALL}</script>",
    f"data:image/svg+xml,<svg onload=parent.{CALL}>",
    f"vbscript:{CALL}",
    f'https://a.example/" onclick="{CALL}" x="',
    f"https://a.example/'><script>{CALL}</script>",
)

_XHTML = f'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><script>{CALL}</script></html>'.encode()
_SVG = f'<svg xmlns="http://www.w3.org/2000/svg" onload="{CALL}"><script>{CALL}</script></svg>'.encode()
_HTML = f"<!doctype html><script>{CALL}</script>".encode()
_PDF = f"%PDF-1.7\n1 0 obj\n<< /OpenAction << /S /JavaScript /JS ({CALL}) >> >>\nendobj\n%%EOF\n".encode()

#: Pictures and documents by the names under which they are sent; a picture or PDF in front makes a polyglot.
PICTURES = {
    "drawing.svg": _SVG,
    "drawing.png": _SVG,
    "page.jpg": _HTML,
    "page.xhtml": _XHTML,
    "script.gif": b"GIF89a=1;" + CALL.encode(),
}
DOCUMENTS = {
    "script.pdf": _PDF,
    "page.pdf": _HTML,
    "page.txt": _HTML,
    "drawing.csv": _SVG,
    "page.xhtml": _XHTML,
    "drawing.svg": _SVG,
    "page.html": _HTML,
}
#: Names of files that hold what they should.
FILE_NAMES = (f'"><img src=x onerror={CALL}>', f"<script>{CALL}</script>", f"';{CALL};'", "\u202egnp.exe", "a\u200b</script>")
