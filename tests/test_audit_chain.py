"""The audit log: a chain that nothing breaks unseen, and that many writers append to at once."""

import datetime
import io
import json
import threading
from contextlib import contextmanager
from itertools import pairwise

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from audit import guards
from audit.chain import append_waiting, chained
from audit.encoding import FIRST, digest, encoded
from audit.events import Event
from audit.models import Entry, WaitingDeed
from audit.models.entry import AppendOnlyError
from audit.proving import BrokenChainError, prove, stored_entries
from audit.recording import record
from audit.rights import record_rights
from portal.settings import environment


@pytest.fixture
def log(db, settings, tmp_path):
    """A log of five entries, and a folder of its own for its archives."""
    settings.AUDIT_DIR = tmp_path
    append_waiting()
    for number in range(5):
        record(Event.SETTINGS_CHANGED, details={"fields": [f"field {number}", "海智"]})
    append_waiting()
    return tmp_path


@contextmanager
def tampering():
    """Change the log as one who owns the database can."""
    guards.take_down(connection)
    with connection.cursor() as cursor:
        yield cursor
    guards.put_up(connection)


def _written(number: int, **values) -> None:
    with tampering() as cursor:
        for name, value in values.items():
            cursor.execute(f"UPDATE audit_entry SET {name} = %s WHERE number = %s", [value, number])  # noqa: S608


def _verified(**options) -> str:
    out = io.StringIO()
    call_command("verify_audit", stdout=out, **options)
    return out.getvalue()


def _last() -> Entry:
    return Entry.objects.order_by("number").last()


def test_each_entry_is_chained_to_the_one_before(log):
    entries = list(stored_entries())

    assert [entry["number"] for entry in entries] == list(range(1, len(entries) + 1))
    assert entries[0]["previous"] == FIRST
    for last, entry in pairwise(entries):
        assert entry["previous"] == last["digest"]
        assert entry["digest"] == digest(entry)
    assert not WaitingDeed.objects.exists()


def test_the_encoding_is_as_documented():
    moment = datetime.datetime(2026, 3, 1, 16, tzinfo=datetime.timezone(datetime.timedelta(hours=8)))
    values = {
        "number": 7,
        "moment": moment,
        "event": "settings.changed",
        "actor_id": 3,
        "actor_name": "writer",
        "object_kind": "wagtailcore.site",
        "object_id": "1",
        "object_label": "海智",
        "details": {"b": 1, "a": ["x"]},
        "address": "::1",
        "previous": FIRST,
    }

    assert encoded(values) == (
        b'["audit.entry.1",7,"2026-03-01T08:00:00.000000Z","settings.changed",3,"writer","wagtailcore.site","1",'
        b'"\\u6d77\\u667a",{"a":["x"],"b":1},"::1","' + FIRST.encode() + b'"]'
    )


def test_the_command_tells_how_many_entries_and_the_head(log):
    told = _verified(head=_last().digest)

    assert f"{Entry.objects.count()} entries, unbroken: 1 (" in told
    assert f"head {_last().digest}" in told
    assert str(Entry.objects.count()) in (log / "last-proved").read_text()


@pytest.mark.parametrize("change", ["save", "delete", "update", "queryset delete", "bulk_update", "upsert"])
def test_no_code_changes_an_entry(log, change):
    entry, entries = _last(), Entry.objects.all()
    entry.actor_name = "somebody else"
    ways = {
        "save": entry.save,
        "delete": entry.delete,
        "update": lambda: entries.update(actor_name="x"),
        "queryset delete": entries.delete,
        "bulk_update": lambda: entries.bulk_update([entry], ["actor_name"]),
        "upsert": lambda: entries.bulk_create([entry], update_conflicts=True),
    }

    with pytest.raises(AppendOnlyError):
        ways[change]()


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_entry SET actor_name = 'x'", "DELETE FROM audit_entry", "TRUNCATE audit_entry"]
)
def test_the_database_refuses_too(log, statement):
    if statement.startswith("TRUNCATE") and connection.vendor == "sqlite":
        pytest.skip("SQLite has no TRUNCATE")
    count = Entry.objects.count()

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert Entry.objects.count() == count


def test_two_entries_never_share_a_number(log):
    with pytest.raises(IntegrityError), transaction.atomic():
        Entry.objects.create(**chained(WaitingDeed(event=Event.SIGNED_IN).as_deed(), {"number": 2, "digest": FIRST}))


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("actor_name", "somebody else"),
        ("event", "sign_in.done"),
        ("object_label", "another"),
        ("address", "192.0.2.1"),
        ("details", "{}"),
        ("moment", "2020-01-01 00:00:00"),
        ("digest", "f" * 64),
    ],
)
def test_an_altered_entry_is_named(log, column, value):
    number = _last().number - 2
    _written(number, **{column: value})

    with pytest.raises(CommandError, match=rf"Entry {number}: its content was altered"):
        _verified()


def test_an_entry_signed_without_the_key_is_named(log):
    entry = list(stored_entries())[-1] | {"actor_name": "forged"}
    _written(entry["number"], actor_name="forged", digest=digest(entry, "a guess"))

    with pytest.raises(CommandError, match="none of AUDIT_KEY's keys signed it"):
        _verified()


def test_a_removed_entry_is_named(log):
    number = _last().number - 2
    with tampering() as cursor:
        cursor.execute("DELETE FROM audit_entry WHERE number = %s", [number])

    with pytest.raises(CommandError, match=f"Entry {number} is missing"):
        _verified()


def test_a_removed_beginning_is_named(log):
    with tampering() as cursor:
        cursor.execute("DELETE FROM audit_entry WHERE number < 3")

    with pytest.raises(CommandError, match="Entry 2 is missing: nothing says"):
        _verified()


def test_a_removed_end_is_named_by_what_was_proved_before_and_by_a_hash_kept_elsewhere(log):
    _verified()
    last = _last()
    with tampering() as cursor:
        cursor.execute("DELETE FROM audit_entry WHERE number = %s", [last.number])

    with pytest.raises(CommandError, match=f"Entry {last.number} is missing: the log ended with entry {last.number}"):
        _verified()
    with pytest.raises(BrokenChainError, match=f"No entry has the hash {last.digest}"):
        prove(stored_entries(), head=last.digest)


def test_an_end_that_was_written_anew_is_named(log):
    _verified()
    last = _last()
    with tampering() as cursor:
        cursor.execute("DELETE FROM audit_entry WHERE number = %s", [last.number])
    record(Event.SIGNED_OUT)
    append_waiting()

    with pytest.raises(CommandError, match=f"Entry {last.number}: it is another one than when the log was last proved"):
        _verified()


def test_missing_triggers_are_named(log):
    guards.take_down(connection)

    with pytest.raises(CommandError, match="audit_entry_no_update"):
        _verified()


def test_a_new_key_signs_and_the_old_one_still_proves(log, settings):
    settings.AUDIT_KEYS = ["the new key", *settings.AUDIT_KEYS]
    record(Event.SIGNED_OUT)
    append_waiting()

    assert "unbroken" in _verified()
    assert _last().digest == digest(_last().as_deed() | {"number": _last().number, "previous": _last().previous}, "the new key")

    settings.AUDIT_KEYS = settings.AUDIT_KEYS[:1]
    with pytest.raises(CommandError, match=r"Entry 1: .* none of AUDIT_KEY's keys"):
        _verified()


def test_an_old_key_signs_nothing_after_a_newer_one(log, settings):
    new, old = "the new key", settings.AUDIT_KEYS[0]
    settings.AUDIT_KEYS = [new, old]
    record(Event.SIGNED_OUT)
    append_waiting()
    settings.AUDIT_KEYS = [old]
    record(Event.SIGNED_OUT)
    append_waiting()
    settings.AUDIT_KEYS = [new, old]

    with pytest.raises(CommandError, match=f"Entry {_last().number}: "):
        _verified()


def test_a_deed_that_is_rolled_back_leaves_no_entry(log):
    count = Entry.objects.count()
    with transaction.atomic():
        record(Event.PUBLISHED)
        transaction.set_rollback(True)

    append_waiting()

    assert Entry.objects.count() == count


def test_rights_taken_and_given_again_in_one_transaction_leave_no_entry(log):
    group = Group.objects.create(name="a role")
    with transaction.atomic():
        record_rights(group, removed=["a", "b"])
        record_rights(group, added=["a"])
        record_rights(group, added=["c"])
    entry = WaitingDeed.objects.get(event=Event.RIGHTS_CHANGED)
    assert entry.details == {"added": ["c"], "removed": ["b"]}

    record_rights(group, added=["b"], removed=["c"])

    assert not WaitingDeed.objects.filter(event=Event.RIGHTS_CHANGED).exists()


@pytest.mark.parametrize("how", ["inserted", "altered"])
def test_what_the_portal_did_not_write_itself_is_never_signed_as_a_deed(log, how):
    if how == "altered":
        record(Event.PUBLISHED)
        WaitingDeed.objects.update(event=Event.UNPUBLISHED)
    else:
        WaitingDeed.objects.bulk_create([WaitingDeed(event=Event.UNPUBLISHED, actor_name="somebody", seal="0" * 64)])

    append_waiting()

    entry = Entry.objects.first()
    assert (entry.event, entry.details, entry.actor_name) == (Event.LOG_INTRUDED, {"claimed": "content.unpublished"}, "")
    assert not Entry.objects.filter(event=Event.UNPUBLISHED).exists()


def test_each_entry_is_written_to_the_stream_as_json(log, caplog, django_capture_on_commit_callbacks):
    caplog.handler.setLevel("INFO")
    from audit.chain import stream

    stream.addHandler(caplog.handler)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            record(Event.SIGNED_OUT)
    finally:
        stream.removeHandler(caplog.handler)

    line = json.loads(caplog.records[-1].getMessage())
    assert (line["number"], line["event"], line["digest"]) == (_last().number, "sign_in.out", _last().digest)


def test_exported_lines_prove_themselves(log, tmp_path, capsys):
    path = tmp_path / "log.jsonl"
    with path.open("w") as file:
        call_command("export_audit", stdout=file)

    assert "unbroken" in _verified(file=path)
    lines = path.read_text().splitlines()
    assert len(lines) == _last().number
    path.write_text("\n".join([*lines[:-2], lines[-2].replace("field", "yield"), lines[-1]]))
    with pytest.raises(CommandError, match="broken"):
        _verified(file=path)


def test_a_part_of_the_log_is_exported_by_its_time(log):
    out = io.StringIO()
    call_command("export_audit", "--until", "2001-01-01", stdout=out)
    assert out.getvalue() == ""

    call_command("export_audit", "--since", str(timezone.localdate()), stdout=out)
    assert len(out.getvalue().splitlines()) >= 5
    with pytest.raises(CommandError, match="no day or moment"):
        call_command("export_audit", "--since", "yesterday")


def test_less_than_the_law_asks_is_refused(monkeypatch):
    monkeypatch.setenv("AUDIT_KEPT_DAYS", "182")

    with pytest.raises(ImproperlyConfigured, match=r"AUDIT_KEPT_DAYS='182'.*from 183"):
        environment.number("AUDIT_KEPT_DAYS", default=1095, least=guards.MINIMUM_DAYS)


WRITERS, DEEDS = 6, 15


@pytest.fixture
def committed(django_db_setup, django_db_blocker):
    """The suite's database, written to without a transaction around the test; what the test wrote is removed after it."""
    with django_db_blocker.unblock():
        append_waiting()
        last = Entry.objects.count()
        yield
        Group.objects.filter(name__startswith="role ").delete()
        WaitingDeed.objects.all().delete()
        guards.take_down(connection)
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM audit_entry WHERE number > %s", [last])
        guards.put_up(connection)


def test_many_writers_at_once_make_one_chain(committed, capsys):
    """Each writer changes two rows that others change too, in opposite orders of the log's own, and records it."""
    groups = [Group.objects.create(name=f"role {number}") for number in range(2)]
    start, faults = threading.Barrier(WRITERS), []

    def write(number):
        try:
            start.wait()
            for deed in range(DEEDS):
                with transaction.atomic():
                    record(Event.SETTINGS_CHANGED, details={"count": number * DEEDS + deed})
                    Group.objects.select_for_update().get(pk=groups[deed % 2].pk)
                    record_rights(groups[deed % 2], added=[f"right {number} {deed}"])
        except Exception as error:
            faults.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(number,)) for number in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    append_waiting()

    assert faults == []
    counts = [entry["details"]["count"] for entry in stored_entries() if "count" in entry["details"]]
    assert sorted(counts) == list(range(WRITERS * DEEDS))
    given = {right for entry in Entry.objects.filter(event=Event.RIGHTS_CHANGED) for right in entry.details.get("added", ())}
    assert given >= {f"right {number} {deed}" for number in range(WRITERS) for deed in range(DEEDS)}
    proof = prove(stored_entries())
    with capsys.disabled():
        print(f"\n{WRITERS} writers, {proof.count} entries in one chain on {connection.vendor}")
