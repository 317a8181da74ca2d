"""How an entry is written down and signed.

An entry is encoded as one JSON array in ASCII, without blanks, with the keys of objects in alphabetical order:

    ["audit.entry.1", number, moment, event, actor_id, actor_name, object_kind, object_id, object_label, details, address,
     previous]

`moment` is UTC with microseconds, as 2026-03-01T08:00:00.000000Z. The entry's hash is the HMAC-SHA-256 of these bytes,
in hexadecimal; as `previous` stands among them, each hash vouches for all entries before it.

The key is the first of settings.AUDIT_KEYS. It is not in the database, so one who may write to the database cannot make
the chain anew. To change keys, put a new one before the old ones: new entries are signed with it, and the old ones stay
in the list to prove the entries they signed. Along the chain keys only become newer: an old key that leaked signs nothing
after a newer one was in use.
"""

import datetime
import hashlib
import hmac
import json

from django.conf import settings

FIRST = "0" * 64
DEED_FIELDS = (
    "moment",
    "event",
    "actor_id",
    "actor_name",
    "object_kind",
    "object_id",
    "object_label",
    "details",
    "address",
)
FIELDS = ("number", *DEED_FIELDS, "previous")


def written_moment(moment: datetime.datetime) -> str:
    """Return an aware moment in UTC with microseconds."""
    return moment.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def encoded(values: dict) -> bytes:
    """Return the bytes of an entry given by the names of its FIELDS; `moment` aware or written."""
    moment = values["moment"]
    if not isinstance(moment, str):
        values = values | {"moment": written_moment(moment)}
    parts = ["audit.entry.1", *(values[name] for name in FIELDS)]
    return _compact(parts)


def _compact(parts: list) -> bytes:
    return json.dumps(parts, ensure_ascii=True, allow_nan=False, separators=(",", ":"), sort_keys=True).encode()


def digest(values: dict, key: str | None = None) -> str:
    """Return the hash of an entry under `key`, by default the current one."""
    key = settings.AUDIT_KEYS[0] if key is None else key
    return hmac.new(key.encode(), encoded(values), hashlib.sha256).hexdigest()


def seal(deed: dict, key: str | None = None) -> str:
    """Return the HMAC of a deed that waits, given by the names of its DEED_FIELDS."""
    key = settings.AUDIT_KEYS[0] if key is None else key
    parts = ["audit.deed.1", *((deed | {"moment": written_moment(deed["moment"])})[name] for name in DEED_FIELDS)]
    return hmac.new(key.encode(), _compact(parts), hashlib.sha256).hexdigest()


def is_sealed(deed: dict, seal_found: str) -> bool:
    """Return whether the portal itself wrote `deed`, under the present key or one used earlier."""
    return any(hmac.compare_digest(seal(deed, key), seal_found) for key in settings.AUDIT_KEYS)


def as_line(values: dict) -> str:
    """Return an entry as a line of JSON with the names of its fields and its hash, without a line end."""
    written = {name: values[name] for name in (*FIELDS, "digest")} | {"moment": written_moment(values["moment"])}
    return json.dumps(written, ensure_ascii=False)
