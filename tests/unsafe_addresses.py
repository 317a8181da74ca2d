"""Addresses that no link may have, in the disguises that browsers see through."""

UNSAFE = (
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "java\tscript:alert(1)",
    "java\nscript:alert(1)",
    "\x01javascript:alert(1)",
    "java\u200bscript:alert(1)",
    "javascript\u00a0:alert(1)",
    "javascript://%0aalert(1)",
    "data:text/html,<script>alert(1)</script>",
    "data:image/svg+xml;base64,PHN2Zy8+",
    "vbscript:msgbox(1)",
    "file:///etc/passwd",
    "ftp://example.org/",
    "blob:https://example.org/1",
    "view-source:https://example.org/",
    "intent://example.org/#Intent;end",
    "ms-word:ofe|u|https://example.org/a.docm",
    "jav&#x61;script:alert(1)",
)
