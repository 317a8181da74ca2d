"""One render for a stampede: who asks for what is being made waits for it."""

from contextlib import contextmanager
from threading import Event, Lock

LONGEST_WAIT = 10  # seconds; then one makes it oneself


class Flights:
    def __init__(self):
        self._lock = Lock()
        self._under_way: dict[str, Event] = {}

    @contextmanager
    def turn(self, key: str):
        """Give whether the caller is the first to ask for `key`; the others are given False when the first one is done."""
        with self._lock:
            done = self._under_way.get(key)
            is_first = done is None
            if is_first:
                done = self._under_way[key] = Event()
        if not is_first:
            done.wait(LONGEST_WAIT)
            yield False
            return
        try:
            yield True
        finally:
            with self._lock:
                del self._under_way[key]
            done.set()
