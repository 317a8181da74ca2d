"""What is kept goes when its time is over, by one command; the audit log still proves itself afterwards."""

import datetime
import io
import json
import re

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from accounts.models import User
from audit import guards
from audit.chain import append_waiting
from audit.events import Event
from audit.models import Entry
from audit.recording import WaitingDeed, record
from core import retention
from search.models import UnfoundQuery

pytestmark = pytest.mark.usefixtures("portal")


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.AUDIT_DIR = tmp_path


def _kept() -> dict[str, int]:
    """Run the command and return the counts that it prints, by rule."""
    out = io.StringIO()
    call_command("keep_retention", stdout=out)
    return {key: int(count) for key, count in re.findall(r"^(\w+): (\d+) ", out.getvalue(), re.MULTILINE)}


def _verified() -> str:
    out = io.StringIO()
    call_command("verify_audit", stdout=out)
    return out.getvalue()


@pytest.fixture
def old_entries(db) -> list[int]:
    """The log begins with 4 entries of four years ago; returns their numbers."""
    guards.take_down(connection)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_entry")
    guards.put_up(connection)
    WaitingDeed.objects.all().delete()
    for _time in range(4):
        record(Event.PUBLISHED)
    for deed in WaitingDeed.objects.all():
        deed.moment = timezone.now() - datetime.timedelta(days=4 * 365)
        deed.save()
    append_waiting()
    record(Event.SIGNED_OUT)
    append_waiting()
    return [1, 2, 3, 4]


def test_old_entries_move_to_a_file_and_the_rest_still_proves_itself(old_entries, tmp_path):
    _verified()
    assert _kept()["audit"] == 4

    archive = tmp_path / "audit-1-4.jsonl"
    assert [json.loads(line)["number"] for line in archive.read_text().splitlines()] == old_entries
    assert archive.stat().st_mode & 0o077 == 0
    assert Entry.objects.order_by("number").first().number == 5
    sealed = Entry.objects.get(event=Event.LOG_SHORTENED)
    assert sealed.details["through"] == 4
    assert sealed.details["file"] == archive.name
    assert "unbroken: 5 (" in _verified()
    out = io.StringIO()
    call_command("verify_audit", "--file", str(archive), stdout=out)
    assert "4 entries, unbroken" in out.getvalue()
    assert _kept()["audit"] == 0


def test_more_than_was_archived_cannot_go_unseen(old_entries):
    _kept()
    guards.take_down(connection)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_entry WHERE number = 5")
    guards.put_up(connection)

    with pytest.raises(CommandError, match="Entry 5 is missing: nothing says"):
        _verified()


def test_a_broken_log_is_not_shortened(old_entries, capsys):
    guards.take_down(connection)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE audit_entry SET actor_name = 'x' WHERE number = 2")
    guards.put_up(connection)

    with pytest.raises(CommandError, match="Not applied: audit"):
        _kept()
    assert Entry.objects.filter(number__in=old_entries).count() == 4


def test_one_rule_that_fails_keeps_no_other_from_being_applied(monkeypatch, capsys):
    def fail():
        raise RuntimeError("the disk is full")

    applied = []
    rules = [retention.Rule("a", "first", fail), retention.Rule("b", "second", lambda: applied.append(1) or 1)]
    monkeypatch.setattr(retention, "_rules", {rule.key: rule for rule in rules})

    with pytest.raises(CommandError, match="Not applied: a"):
        call_command("keep_retention", stderr=io.StringIO())
    assert applied == [1]


def test_words_sought_in_vain_are_forgotten(settings):
    today = timezone.localdate()
    for days in (0, settings.SEARCH_QUERIES_KEPT_DAYS + 40):
        UnfoundQuery.objects.create(text=f"火星 {days}", language="zh-hans", month=today - datetime.timedelta(days=days))

    assert _kept()["search"] == 1
    assert [query.text for query in UnfoundQuery.objects.all()] == ["火星 0"]


def test_expired_sessions_go_and_open_ones_stay():
    stores = [SessionStore() for _session in range(2)]
    for store in stores:
        store.create()
    Session.objects.filter(pk=stores[0].session_key).update(expire_date=timezone.now() - datetime.timedelta(hours=1))

    assert _kept()["sessions"] == 1
    assert [session.pk for session in Session.objects.all()] == [stores[1].session_key]


def test_accounts_that_nobody_uses_are_closed_and_the_log_hears_of_it(settings):
    long_ago = timezone.now() - datetime.timedelta(days=settings.ACCOUNTS_UNUSED_DAYS + 1)
    recently = timezone.now() - datetime.timedelta(days=settings.ACCOUNTS_UNUSED_DAYS - 1)
    for name, values in {
        "unused": {"last_login": long_ago},
        "never-used": {"date_joined": long_ago},
        "used": {"last_login": recently, "date_joined": long_ago},
        "new": {},
        "only-superuser": {"last_login": long_ago, "is_superuser": True},
    }.items():
        User.objects.create(username=name, **values)

    assert _kept()["accounts"] == 2
    closed = set(User.objects.filter(is_active=False).values_list("username", flat=True))
    assert closed == {"unused", "never-used"}
    append_waiting()
    changed = Entry.objects.filter(event=Event.ACCOUNT_CHANGED).values_list("object_label", flat=True)
    assert set(changed) == closed
