"""The least that a Python server can do: an answer that the page cache gave, in its bytes and headers, by its path."""

import json
import os
from pathlib import Path

ANSWERS = json.loads(Path(os.environ["ANSWERS"]).read_text())
#: By path, the headers and the body, whose bytes stand in the file as Latin letters.
KEPT = {path: ([tuple(header) for header in headers], body.encode("latin-1")) for path, (headers, body) in ANSWERS.items()}


def application(environ, start_response):
    headers, body = KEPT[environ["PATH_INFO"]]
    start_response("200 OK", headers)
    return [body]
