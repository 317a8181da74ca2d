"""The least that a Python server can do: the bytes of a page, compressed before, by its path."""

import os
from pathlib import Path

FOLDER = Path(os.environ.get("BODIES", "."))
BODIES = {f"/{path.parent.relative_to(FOLDER)}/": path.read_bytes() for path in FOLDER.rglob("index.html")}
HEADERS = [("Content-Type", "text/html; charset=utf-8"), ("Content-Encoding", "gzip")]


def application(environ, start_response):
    body = BODIES[environ["PATH_INFO"]]
    start_response("200 OK", [*HEADERS, ("Content-Length", str(len(body)))])
    return [body]
