"""The copies that this process holds: bounded in bytes, found by key, dropped by tag."""

from collections import OrderedDict, defaultdict
from collections.abc import Iterable

from core import changes
from delivery.page_cache.copies import Copy


class PageStore:
    """Copies by key; the one that was not asked for longest goes when `most_bytes` are full.

    It hears of every change under `changes.lock`, and takes a copy only if nothing that it was made of has changed since it was
    begun: what it gives out is never older than the last change that this process knows.
    """

    def __init__(self, most_bytes: int):
        self.most_bytes, self.bytes = most_bytes, 0
        self._copies: OrderedDict[str, Copy] = OrderedDict()
        self._keys: defaultdict[str, set[str]] = defaultdict(set)
        changes.listen(self.drop)

    def get(self, key: str) -> Copy | None:
        copy = self._copies.get(key)
        if copy is not None:
            try:
                self._copies.move_to_end(key)
            except KeyError:  # dropped by another thread since
                return None
        return copy

    def put(self, key: str, copy: Copy, began: int) -> bool:
        """Keep `copy`, begun when `changes.latest()` was `began`, and return whether that was still right to do."""
        with changes.lock:
            if changes.touched_since(began, copy.tags) or copy.size > self.most_bytes // 4:
                return False
            self._remove(key)
            self._copies[key] = copy
            self.bytes += copy.size
            for tag in copy.tags:
                self._keys[tag].add(key)
            while self.bytes > self.most_bytes:
                self._remove(next(iter(self._copies)))
            return True

    def drop(self, tags: Iterable[str]) -> set[str]:
        """Forget the copies that one of `tags` touches, and return their keys."""
        with changes.lock:
            keys = {key for tag in tags for key in self._keys.get(tag, ())}
            for key in keys:
                self._remove(key)
            return keys

    def _remove(self, key: str) -> None:
        copy = self._copies.pop(key, None)
        if copy is None:
            return
        self.bytes -= copy.size
        for tag in copy.tags:
            keys = self._keys[tag]
            keys.discard(key)
            if not keys:
                del self._keys[tag]

    def __len__(self):
        return len(self._copies)

    def __contains__(self, key: str):
        return key in self._copies
