"""How often something happened within a window of time, counted in the shared cache, in each process while that is down."""

import time
from contextlib import suppress

from django.core.cache import cache
from django.core.cache.backends.locmem import LocMemCache

_own_memory = LocMemCache("counting", {})


def count(key: str, seconds: int) -> tuple[int, float]:
    """Return how often `key` was counted within the `seconds` since the first time, this time included, and when they end
    (seconds since the epoch)."""
    end = time.time() + seconds
    for store in (cache, _own_memory):
        store.add(key, 0, seconds)
        store.add(f"{key}:until", end, seconds)
        with suppress(ValueError):  # the window ended between these lines
            number = store.incr(key)
            if number is not None:  # None: the shared cache is down
                return number, store.get(f"{key}:until") or end
    return 1, end


def take_back(key: str) -> None:
    """Count one time less."""
    with suppress(ValueError):
        if cache.decr(key) is None:
            _own_memory.decr(key)
