"""A kept answer in all the forms that it is sent in."""

import gzip
import hashlib
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from wsgiref.handlers import format_date_time

from delivery.page_cache import front_end
from delivery.page_cache.encodings import GZIP, IDENTITY, accepted, compressed

Headers = list[tuple[str, str]]
#: Unless an answer says otherwise: kept by browsers, and asked about each time.
ASK_EACH_TIME = "no-cache"
_OF_THE_BODY = ("content-encoding", "content-length", "content-type", "content-disposition", "content-language")
#: A time of change says nothing before the second is over: what changes twice within it has the same one.
RIPE_SECONDS = 1.0
OVERHEAD = 4_000  # bytes that a copy takes beside its bodies, about


@dataclass(slots=True)
class Form:
    """The answer in one encoding; the lists of headers are those of 200 and 304, before and after the copy is ripe."""

    body: bytes
    etag: str
    young: tuple[Headers, Headers]
    ripe: tuple[Headers, Headers]


@dataclass(slots=True)
class Copy:
    """An answer that holds until one of `tags` is touched, or until the moment `valid_until`.

    `noted` is the address that is purged in caches before the portal when the answer changes, if there is one: who asks for
    exactly that is told to keep the answer until then.
    """

    forms: dict[str, Form]
    tags: frozenset[str]
    valid_until: float | None
    ripe_from: float
    changed: str
    size: int = field(default=0)
    noted: str = field(default="")

    def holds(self, moment: float) -> bool:
        return self.valid_until is None or moment < self.valid_until

    def answer(self, environ: dict, start_response: Callable, moment: float) -> Iterable[bytes]:
        """Answer a GET or HEAD: 200, or 304 to a client that has this very copy."""
        form = self._form(environ.get("HTTP_ACCEPT_ENCODING", ""))
        whole, not_modified = form.ripe if moment >= self.ripe_from else form.young
        if self.noted and front_end.is_asked_for(self.noted, environ):
            whole, not_modified = _until_purged(whole), _until_purged(not_modified)
        if self._is_known(environ, form.etag, moment):
            start_response("304 Not Modified", not_modified)
            return []
        start_response("200 OK", whole)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [form.body]

    def _form(self, header: str) -> Form:
        for name in accepted(header):
            if name in self.forms:
                return self.forms[name]
        return self._unpacked()

    def _unpacked(self) -> Form:
        """Return the answer for the few clients that take no compressed one: made when it is asked for."""
        packed = self.forms[GZIP]
        body = gzip.decompress(packed.body)
        etag = packed.etag.replace(f'-{GZIP}"', '"')
        changes = {"etag": etag, "content-length": str(len(body))}
        lists = [
            [(name, changes.get(name.lower(), value)) for name, value in headers if name != "Content-Encoding"]
            for headers in (*packed.young, *packed.ripe)
        ]
        return Form(body, etag, (lists[0], lists[1]), (lists[2], lists[3]))

    def _is_known(self, environ: dict, etag: str, moment: float) -> bool:
        if known := environ.get("HTTP_IF_NONE_MATCH"):
            return known.strip() == "*" or etag in known  # an entity tag is quoted: no other one holds it
        return moment >= self.ripe_from and environ.get("HTTP_IF_MODIFIED_SINCE") == self.changed


def copy_of(headers: Headers, body: bytes, tags: Iterable[str], valid_until: float | None) -> Copy:
    """Return the copy of a whole answer (200) made just now."""
    moment = time.time()
    changed = format_date_time(int(moment))
    names = {name.lower() for name, _value in headers}
    content_type = next((value for name, value in headers if name.lower() == "content-type"), "")
    common = [
        (name, value) for name, value in headers if name.lower() not in {"content-length", "etag", "last-modified", "vary"}
    ]
    if "cache-control" not in names:
        common.append(("Cache-Control", ASK_EACH_TIME))
    common.append(("Vary", "Accept-Encoding"))
    digest = hashlib.blake2b(body, digest_size=12).hexdigest()
    forms = {
        name: _form_of(name, packed, f'"{digest}-{name}"' if name != IDENTITY else f'"{digest}"', common, changed)
        for name, packed in compressed(body, content_type).items()
    }
    size = OVERHEAD + sum(len(form.body) for form in forms.values())
    return Copy(forms, frozenset(tags), valid_until, moment + RIPE_SECONDS, changed, size)


def _until_purged(headers: Headers) -> Headers:
    return [(name, front_end.KEPT_UNTIL_PURGED if name == "Cache-Control" else value) for name, value in headers]


def _form_of(name: str, body: bytes, etag: str, common: Headers, changed: str) -> Form:
    young = [*common, ("ETag", etag)]
    ripe = [*young, ("Last-Modified", changed)]
    of_body = [("Content-Length", str(len(body)))] + ([("Content-Encoding", name)] if name else [])
    not_modified = [[entry for entry in headers if entry[0].lower() not in _OF_THE_BODY] for headers in (young, ripe)]
    return Form(body, etag, (young + of_body, not_modified[0]), (ripe + of_body, not_modified[1]))
