"""The views that this process has counted and not written yet."""

import logging
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import lru_cache
from multiprocessing.util import Finalize
from threading import Lock, Timer

from django.db import DatabaseError, connections
from django.utils import timezone

from core.languages import Language

logger = logging.getLogger(__name__)

MOST_ROWS = 10_000  # of memory; a page and day more than these is not counted before the next writing
QUARTER = 900  # seconds; in no time zone does a day begin within a quarter of an hour


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
        key = (path, language.code, _day_of(int(time.time()) // QUARTER))
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


@lru_cache(1)
def _day_of(quarter: int) -> date:
    """Return the portal's day at the beginning of a quarter of an hour, these counted from the epoch."""
    return timezone.localdate(datetime.fromtimestamp(quarter * QUARTER, UTC), timezone.get_default_timezone())
