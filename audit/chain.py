"""Appending to the log: one writer at a time, in a short transaction of its own."""

import json
import logging

from django.db import connection, transaction

from audit.encoding import DEED_FIELDS, FIRST, as_line, digest, is_sealed
from audit.events import Event
from audit.models import Entry, WaitingDeed

BATCH = 500
LOCK = 0x41554449  # PostgreSQL's advisory lock of the log: "AUDI"
stream = logging.getLogger("audit")


def append_waiting() -> None:
    """Put every committed deed that waits into the log.

    It runs right after each commit that left one. What a process that died in between left behind, the next one appends.
    Called outside of transactions, it waits for no lock but the log's own, and holder of that wait for none: it closes no
    circle of waiting.
    """
    while WaitingDeed.objects.exists():
        if not _append_batch():
            return  # the rest belongs to transactions that are not committed, or to another writer


def _append_batch() -> int:
    with transaction.atomic():
        _lock()
        # A deed whose transaction still adds to it is left to the append that follows its commit.
        deeds = list(WaitingDeed.objects.select_for_update(skip_locked=True).order_by("pk")[:BATCH])
        if not deeds:
            return 0
        last = Entry.objects.order_by("-number").values("number", "digest").first() or {"number": 0, "digest": FIRST}
        entries = []
        for deed in deeds:
            last = chained(_own(deed), last)
            entries.append(last)
        Entry.objects.bulk_create([Entry(**values) for values in entries])
        WaitingDeed.objects.filter(pk__in=[deed.pk for deed in deeds]).delete()
        transaction.on_commit(lambda: mirror(entries), robust=True)
    return len(entries)


def _own(waiting: WaitingDeed) -> dict:
    """Return the deed that waits; where something else than the portal wrote it, that this was found."""
    deed = waiting.as_deed()
    if is_sealed(deed, waiting.seal):
        return deed
    found = WaitingDeed(event=Event.LOG_INTRUDED, details={"claimed": deed["event"]})
    return found.as_deed()


def chained(deed: dict, last: dict) -> dict:
    """Return the values of the entry that `deed` becomes after the entry `last`."""
    values = {name: deed[name] for name in DEED_FIELDS}
    values |= {"number": last["number"] + 1, "previous": last["digest"]}
    return values | {"digest": digest(values)}


def mirror(entries: list[dict]) -> None:
    """Write each entry to the stream of the logger "audit", for a collector outside."""
    for values in entries:
        stream.info(as_line(values), extra={"entry": json.loads(as_line(values))})


def _lock() -> None:
    """Keep other writers out until the transaction ends. SQLite's immediate transactions do so by themselves."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
