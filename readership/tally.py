"""The views that this process has counted and not written yet."""

import logging
from collections import Counter
from collections.abc import Callable
from multiprocessing.util import Finalize
from threading import Lock, Timer

from django.db import DatabaseError, connections
from django.utils import timezone

from core.languages import Language

logger = logging.getLogger(__name__)

MOST_ROWS = 10_000  # of memory; a page and day more than these is not counted before the next writing


class Tally:
    """Counts in memory and writes `seconds` after the first count, in a thread of its own: no reader waits for the database.

    `write` adds a dict of (path, language code, day) to numbers. A process that is killed loses what it counted since its last
    writing; one that ends in order writes it.
    """

    def __init__(self, write: Callable[[dict], None], seconds: float):
        self.write, self.seconds = write, seconds
        self._counts: Counter = Counter()
        self._lock = Lock()
        self._timer: Timer | None = None
        self._left_out = 0

    def count(self, path: str, language: Language) -> None:
        """Count a view of `path`, the address below the prefix of `language`, today."""
        key = (path, language.code, timezone.localdate())
        with self._lock:
            if key not in self._counts and len(self._counts) >= MOST_ROWS:
                self._left_out += 1
                return
            self._counts[key] += 1
            if self._timer is None:
                self._set_timer()

    def _set_timer(self) -> None:
        self._timer = Timer(self.seconds, self._write_from_thread)
        self._timer.daemon = True
        self._timer.start()

    def _write_from_thread(self) -> None:
        try:
            self.flush()
        finally:
            connections.close_all()  # those of this thread, which ends

    def flush(self) -> None:
        """Write what was counted. What the database does not take is kept and tried again `seconds` later."""
        with self._lock:
            counts, self._counts = self._counts, Counter()
            left_out, self._left_out = self._left_out, 0
            timer, self._timer = self._timer, None
        if timer:
            timer.cancel()
        if left_out:
            logger.warning("%s views of more than %s pages were not counted", left_out, MOST_ROWS)
        if not counts:
            return
        try:
            self.write(counts)
        except DatabaseError as error:
            logger.warning("%s views are not written yet: %s", counts.total(), error)
            with self._lock:
                self._counts.update(counts)
                if self._timer is None:
                    self._set_timer()

    def flush_at_exit(self) -> "Tally":
        """Have this process write when it ends; one that is forked from it asks for itself, and runs nothing of atexit."""
        Finalize(None, self._last_flush, exitpriority=0)
        return self

    def _last_flush(self) -> None:
        if self._counts:
            self.flush()
