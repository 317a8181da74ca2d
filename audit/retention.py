"""Old entries leave the log for a file, and the log says so."""

import datetime
import hashlib
import os

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from audit.chain import append_waiting
from audit.encoding import FIELDS, as_line
from audit.events import Event
from audit.models import Entry
from audit.proving import CHUNK, prove, stored_entries
from audit.recording import record
from core import retention


def register() -> None:
    retention.register(retention.Rule("audit", "entries of the audit log moved to an archive file", archive_old))


def archive_old() -> int:
    """Move the entries older than AUDIT_KEPT_DAYS to a file of JSON lines in AUDIT_DIR and return how many there were.

    An entry of its own names the last one moved and its hash, so that the rest of the log still proves itself, and the
    file's SHA-256. A log that does not prove itself is left as it is: BrokenChainError is raised.
    """
    append_waiting()
    oldest = timezone.now() - datetime.timedelta(days=settings.AUDIT_KEPT_DAYS)
    kept = Entry.objects.filter(moment__gte=oldest).order_by("number").values_list("number", flat=True).first()
    old = Entry.objects.filter(moment__lt=oldest) if kept is None else Entry.objects.filter(number__lt=kept)
    last = old.order_by("-number").values("number", "digest").first()
    if last is None:
        return 0
    prove(stored_entries())
    count, name, file_hash = _write_archive(old)
    with transaction.atomic():
        details = {"through": last["number"], "hash": last["digest"], "file": name, "sha256": file_hash}
        record(Event.LOG_SHORTENED, details=details)
        append_waiting()
        with connection.cursor() as cursor:  # the triggers let entries go that are old enough; the model lets none
            cursor.execute("DELETE FROM audit_entry WHERE number <= %s", [last["number"]])
    return count


def _write_archive(entries) -> tuple[int, str, str]:
    """Write the entries to a file that is whole or not there; return their count, the file's name and its SHA-256."""
    settings.AUDIT_DIR.mkdir(parents=True, exist_ok=True)
    numbers = entries.order_by("number").values_list("number", flat=True)
    path = settings.AUDIT_DIR / f"audit-{numbers.first()}-{numbers.last()}.jsonl"
    unfinished, file_hash, count = path.with_suffix(".unfinished"), hashlib.sha256(), 0
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        for entry in entries.order_by("number").values(*FIELDS, "digest").iterator(chunk_size=CHUNK):
            line = f"{as_line(entry)}\n".encode()
            file.write(line)
            file_hash.update(line)
            count += 1
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)
    return count, path.name, file_hash.hexdigest()
