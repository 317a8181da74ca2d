"""The answers of the portal itself, asked in this process as a reader without cookies asks it."""

import gc
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from urllib.parse import unquote_to_bytes, urlsplit

from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.core.signals import request_finished
from django.db import close_old_connections
from django.urls import set_script_prefix

from core.dependencies import recording
from core.read_mark import READ_MARK
from core.text_request import TextRequest
from delivery.page_cache.copies import ASK_EACH_TIME

_OF_THE_CONNECTION = {"content-length", "etag", "last-modified", "vary", "date", "expires", READ_MARK.lower()}
YOUNG_OBJECTS = 50_000  # after which a process looks for garbage: pages leave little, and looking costs a tenth of their time


def look_for_garbage_rarely() -> None:
    """Let this process, which does nothing but ask for answers, take what is loaded by now as lasting as long as itself."""
    gc.freeze()
    gc.set_threshold(YOUNG_OBJECTS)


@dataclass(frozen=True)
class Answer:
    """What the portal says at `address`: `headers` without those that the web server sets by itself, the `tags` of what was
    read for it (core.dependencies), and `until`, when it changes by itself (seconds since the epoch)."""

    address: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    tags: frozenset[str]
    until: float | None
    may_be_kept: bool

    def header(self, name: str) -> str:
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")

    @property
    def content_type(self) -> str:
        return self.header("Content-Type").partition(";")[0]


class Application:
    """The portal without the layers that count views and keep answers; a database connection lasts over many answers."""

    def __init__(self):
        self._handler = BaseHandler()
        self._handler.load_middleware()
        self._base = urlsplit(settings.BASE_URL)

    def answer(self, address: str) -> Answer:
        """Return the answer at `address` ("/zh/news/?page=2")."""
        set_script_prefix("/")
        with recording() as read:
            response = self._handler.get_response(TextRequest(self._environ(address)))
            body = b"".join(response)
        _close(response)
        shared = read.may_be_kept and not read.untold and not response.cookies
        headers = _lasting(response.items())
        return Answer(address, response.status_code, headers, body, frozenset(read.tags), read.valid_until, shared)

    def _environ(self, address: str) -> dict:
        path, _mark, query = address.partition("?")
        return {
            "REQUEST_METHOD": "GET",
            "SCRIPT_NAME": "",
            "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
            "QUERY_STRING": query,
            "SERVER_NAME": self._base.hostname,
            "SERVER_PORT": str(self._base.port or (443 if self._base.scheme == "https" else 80)),
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": self._base.netloc,
            "HTTP_X_FORWARDED_PROTO": self._base.scheme,
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.url_scheme": self._base.scheme,
            "wsgi.version": (1, 0),
            "wsgi.input": BytesIO(),
            "wsgi.errors": BytesIO(),
            "wsgi.multithread": False,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
        }


def _close(response) -> None:
    """Close `response` without what Django does at the end of a request, which is to close connections."""
    request_finished.disconnect(close_old_connections)
    try:
        response.close()
    finally:
        request_finished.connect(close_old_connections)


def _lasting(headers: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Return `headers` as they are sent with a file, the same in every process: django-csp writes its rules in any order."""
    lasting = [(name, value) for name, value in headers if name.lower() not in _OF_THE_CONNECTION]
    if not any(name.lower() == "cache-control" for name, _value in lasting):
        lasting.append(("Cache-Control", ASK_EACH_TIME))
    return tuple(
        (name, "; ".join(sorted(value.split("; "))) if name.lower() == "content-security-policy" else value)
        for name, value in sorted(lasting)
    )
