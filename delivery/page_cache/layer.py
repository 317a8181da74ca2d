"""The page cache as a layer around the server's application, within the one that counts views."""

import logging
import time
from collections.abc import Callable, Iterable
from urllib.parse import quote

from django.db import Error, connection

from core import changes
from core.addresses import public_host
from core.changes import Position
from core.dependencies import Recording, recording
from delivery.page_cache import front_end
from delivery.page_cache.copies import Copy, Headers, copy_of
from delivery.page_cache.flights import Flights
from delivery.page_cache.keys import Parameters, UnreadableQueryError, address_of, may_be_answered
from delivery.page_cache.shared import SharedCopies
from delivery.page_cache.store import PageStore

logger = logging.getLogger(__name__)


class PageCache:
    """A WSGI application that answers from the copies of `store` what strangers read, and keeps what `application` answers.

    Kept are answers that say so (core.dependencies.may_be_kept), status 200, without cookies, and not varying. A request with
    a session, one that writes, and a malformed one go to the application. Before each answer the process learns what has
    changed: a copy is given out only while nothing it was made of has. While the database does not say, copies are given out
    as long as no other process has rung the bell.
    """

    def __init__(self, application: Callable, store: PageStore | None, shared: SharedCopies | None = None):
        self.application, self.store, self.shared = application, store, shared
        self._parameters, self._flights = Parameters(), Flights()
        self._named: set[str] = set()

    def __call__(self, environ: dict, start_response: Callable) -> Iterable[bytes]:
        is_up_to_date = self._look()
        if self.store is None or not is_up_to_date or not may_be_answered(environ):
            return self.application(environ, start_response)
        address = address_of(environ)
        try:
            query = self._parameters.canonical(address, environ.get("QUERY_STRING", ""))
        except UnreadableQueryError:
            return self.application(environ, start_response)
        if query is not None:
            copy, moment = self.store.get(f"{address}?{query}"), time.time()
            if copy is not None and copy.holds(moment):
                return copy.answer(environ, start_response, moment)
        return self._answer(environ, start_response, address, query)

    def _look(self) -> bool:
        """Learn of changes and return whether all of them are known, as far as one can tell."""
        try:
            changes.look()
        except Error as error:
            logger.warning("The database does not tell what has changed: %s", error)
            connection.close()
            return changes.has_heard_all()
        front_end.keep_up()
        return True

    def _answer(self, environ, start_response, address: str, query: str | None) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] != "GET":
            return self.application(environ, start_response)
        asked = environ.get("QUERY_STRING", "")
        with self._flights.turn(f"{address}?{asked if query is None else query}") as is_first:
            copy = None if query is None else self._made_meanwhile(f"{address}?{query}", is_first)
            if copy is not None:
                return copy.answer(environ, start_response, time.time())
            return self._make(environ, start_response, address, asked if query is None else query)

    def _made_meanwhile(self, key: str, is_first: bool) -> Copy | None:
        """Return the copy that another thread, or another process, has made."""
        if not is_first:
            copy = self.store.get(key)
            return copy if copy is not None and copy.holds(time.time()) else None
        began = changes.latest()
        copy = self.shared.get(key) if self.shared else None
        if copy is None or not copy.holds(time.time()):
            return None
        self.store.put(key, copy, began)
        return copy

    def _make(self, environ, start_response, address: str, query: str) -> Iterable[bytes]:
        """Let the application answer `query` and keep the answer, if it may be."""
        began, position, started = changes.latest(), self._position(), []
        with recording() as made_of:
            chunks = self.application(environ | {"QUERY_STRING": query}, lambda *line: started.append(line))
        status, headers = started[-1][:2]
        if not self._may_be_kept(status, headers, made_of):
            if query != environ.get("QUERY_STRING", ""):  # an answer to what was asked, with all its parameters
                _close(chunks)
                return self.application(environ, start_response)
            start_response(*started[-1])
            return chunks
        try:
            body = b"".join(chunks)
        finally:
            _close(chunks)
        self._parameters.learn(address, made_of.parameters)
        copy = copy_of(headers, body, made_of.tags, made_of.valid_until)
        if self._is_canonical(address, query):
            # Noted before it is kept: a change in between either finds the note or keeps the copy out.
            copy.noted = _noted(environ, query, headers, copy, position)
            if not self._keep(f"{address}?{query}", copy, began, position):
                copy.noted = ""
        return copy.answer(environ, start_response, time.time())

    def _position(self) -> Position | None:
        """Return how far the changes are known, where others than this process keep what is made."""
        return changes.position() if self.shared or front_end.is_configured() else None

    def _is_canonical(self, address: str, query: str) -> bool:
        try:
            return self._parameters.canonical(address, query) == query
        except UnreadableQueryError:
            return False

    def _keep(self, key: str, copy: Copy, began: int, position: Position | None) -> bool:
        is_kept = copy.holds(time.time()) and self.store.put(key, copy, began)
        if is_kept and self.shared:
            self.shared.put(key, copy, position)
        return is_kept

    def _may_be_kept(self, status: str, headers: Headers, made_of: Recording) -> bool:
        if not status.startswith("200") or not made_of.may_be_kept:
            return False
        values = {name.lower(): value.lower() for name, value in headers}
        control = values.get("cache-control", "")
        varies = values.get("vary", "").replace("accept-encoding", "").strip(" ,")
        if varies or "set-cookie" in values or "no-store" in control or "private" in control:
            return False
        for table in made_of.untold - self._named:
            logger.error("Pages that read %s are not kept: nobody tells of its changes (core.watching)", table)
            self._named.add(table)
        return not made_of.untold


def _noted(environ: dict, query: str, headers: Headers, copy: Copy, began: Position | None) -> str:
    """Note the address of an answer for the caches before the portal; return it if they may keep it until it changes."""
    if not front_end.is_configured() or copy.valid_until is not None or environ.get("HTTP_HOST") != public_host():
        return ""
    path = quote(environ["PATH_INFO"].encode("latin-1")) + (f"?{query}" if query else "")
    says_itself = any(name.lower() == "cache-control" for name, _value in headers)
    return path if front_end.remember(path, copy.tags, began) and not says_itself else ""


def _close(chunks) -> None:
    if hasattr(chunks, "close"):
        chunks.close()
