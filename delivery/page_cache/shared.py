"""Copies that all processes share, in Redis: what one has made need not be made by the others, nor after a restart."""

import hashlib
import json

from django.core.cache import cache
from django.db import Error

from core import changes
from core.changes import Position
from delivery.page_cache.copies import Copy, Form
from delivery.page_cache.release import release

KEPT_SECONDS = 86_400


class SharedCopies:
    """Copies by key, each with the position in the changes at which it was begun.

    Nobody takes them out when something changes: whoever takes one reads what has changed since, and leaves it if that touches
    it. While Redis is down there are none.
    """

    def get(self, key: str) -> Copy | None:
        """Return the copy of `key` if nothing has touched it since, as far as the database tells."""
        packed = cache.get(_name(key))
        if packed is None:
            return None
        copy, position = _unpacked(packed)
        try:
            rows, _position = changes.since(position)
        except (changes.PositionLostError, Error):
            return None
        return None if any(not copy.tags.isdisjoint(row.tags) for row in rows) else copy

    def put(self, key: str, copy: Copy, began: Position) -> None:
        cache.set(_name(key), _packed(copy, began), KEPT_SECONDS)


def _name(key: str) -> str:
    return f"page:{release()}:{hashlib.blake2b(key.encode(), digest_size=16).hexdigest()}"


def _packed(copy: Copy, position: Position) -> bytes:
    head = {
        "tags": sorted(copy.tags),
        "valid_until": copy.valid_until,
        "ripe_from": copy.ripe_from,
        "changed": copy.changed,
        "size": copy.size,
        "noted": copy.noted,
        "position": [position.last, position.missing],
        "forms": [[name, form.etag, form.young, form.ripe, len(form.body)] for name, form in copy.forms.items()],
    }
    return json.dumps(head).encode() + b"\n" + b"".join(form.body for form in copy.forms.values())


def _unpacked(packed: bytes) -> tuple[Copy, Position]:
    line, _end, bodies = packed.partition(b"\n")
    head = json.loads(line)
    forms, start = {}, 0
    for name, etag, young, ripe, length in head["forms"]:
        lists = [tuple([tuple(entry) for entry in headers] for headers in pair) for pair in (young, ripe)]
        forms[name] = Form(bodies[start : start + length], etag, *lists)
        start += length
    last, missing = head["position"]
    told = (head[name] for name in ("valid_until", "ripe_from", "changed", "size", "noted"))
    copy = Copy(forms, frozenset(head["tags"]), *told)
    return copy, Position(last, tuple((pk, moment) for pk, moment in missing))
