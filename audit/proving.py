"""Proving the log: that no entry was altered, removed, put in, or cut off at the end."""

import hmac
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from audit.encoding import FIELDS, FIRST, digest
from audit.events import Event
from audit.models import Entry

CHUNK = 2_000


class BrokenChainError(Exception):
    """Says which entry is the first that does not prove itself, and what is wrong with it."""


@dataclass(frozen=True)
class Mark:
    """An entry that was seen in the log, as (number, hash): the log must hold it still."""

    number: int
    digest: str


@dataclass
class Proof:
    count: int = 0
    first: dict | None = None
    last: dict | None = None

    @property
    def mark(self) -> Mark | None:
        return Mark(self.last["number"], self.last["digest"]) if self.last else None


def stored_entries() -> Iterable[dict]:
    """Return all entries of the database by number, a chunk in memory at a time."""
    return Entry.objects.order_by("number").values(*FIELDS, "digest").iterator(chunk_size=CHUNK)


def archived_entries(path: Path) -> Iterable[dict]:
    """Return the entries of a file that audit.retention or `manage.py export_audit` wrote."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def prove(entries: Iterable[dict], mark: Mark | None = None, head: str = "", is_archive: bool = False) -> Proof:
    """Go along the chain; raise BrokenChainError at the first entry that breaks it.

    `mark` is an entry that was seen before, `head` the hash of one: missing, the log was cut off or made anew. A log that
    does not begin with entry 1 must hold the entry by which its beginning was archived; an archive need not.
    """
    proof, keys, wanted_start, is_head_seen = Proof(), _Keys(), None, not head
    for entry in entries:
        if proof.last is None:
            proof.first = entry
            if entry["number"] == 1:
                _demand(entry["previous"] == FIRST, entry, "it is the first, but names an entry before it")
            elif not is_archive:
                wanted_start = Mark(entry["number"] - 1, entry["previous"])
        else:
            _follow(proof.last, entry)
        _demand(keys.sign(entry), entry, "its content was altered, or none of AUDIT_KEY's keys signed it")
        if mark and entry["number"] == mark.number:
            _demand(entry["digest"] == mark.digest, entry, "it is another one than when the log was last proved")
        if wanted_start and entry["event"] == Event.LOG_SHORTENED:
            details = entry["details"]
            if wanted_start == Mark(details.get("through"), details.get("hash")):
                wanted_start = None
        is_head_seen = is_head_seen or entry["digest"] == head
        proof.last = entry
        proof.count += 1
    _demand_end(proof, mark, wanted_start)
    if not is_head_seen:
        raise BrokenChainError(f"No entry has the hash {head}: the end of the log was cut off, or made anew.")
    return proof


class _Keys:
    """The keys from the oldest to the newest; along the chain they only become newer."""

    def __init__(self):
        self.left = list(reversed(settings.AUDIT_KEYS))

    def sign(self, entry: dict) -> bool:
        for place, key in enumerate(self.left):
            if hmac.compare_digest(digest(entry, key), entry["digest"]):
                del self.left[:place]
                return True
        return False


def _follow(last: dict, entry: dict) -> None:
    wanted = last["number"] + 1
    if entry["number"] != wanted:
        raise BrokenChainError(f"Entry {wanted} is missing: entry {entry['number']} follows entry {last['number']}.")
    _demand(entry["previous"] == last["digest"], entry, f"it is not linked to entry {last['number']} before it")


def _demand(holds: bool, entry: dict, fault: str) -> None:
    if not holds:
        raise BrokenChainError(f"Entry {entry['number']}: {fault}.")


def _demand_end(proof: Proof, mark: Mark | None, wanted_start: Mark | None) -> None:
    last = proof.last["number"] if proof.last else 0
    if mark and last < mark.number:
        raise BrokenChainError(f"Entry {last + 1} is missing: the log ended with entry {mark.number} when it was last proved.")
    if wanted_start:
        raise BrokenChainError(f"Entry {wanted_start.number} is missing: nothing says that the log's beginning was archived.")
