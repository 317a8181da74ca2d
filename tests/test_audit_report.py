"""The audit log in the admin: for those who may read it, filtered, within few queries, as a table and as JSON lines."""

import json

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from accounts.models import User
from accounts.roles import ROLES
from audit.chain import append_waiting
from audit.events import Event
from audit.models import Entry
from audit.recording import record
from tests.signing_in import client_of

pytestmark = pytest.mark.usefixtures("portal", "contexts")


@pytest.fixture
def auditor(db) -> User:
    user = User.objects.create_user("an-auditor", password="a long password of the tests")
    wanted = (("wagtailadmin", "access_admin"), ("audit", "view_entry"))
    for app_label, codename in wanted:
        user.user_permissions.add(Permission.objects.get(content_type__app_label=app_label, codename=codename))
    return user


@pytest.fixture
def reading(auditor):
    """The auditor's client, with one publication and one failed sign-in in the log."""
    record(Event.PUBLISHED, Page.objects.get(url_path="/zh/about/"), actor=auditor)
    record(Event.SIGN_IN_FAILED, details={"account": "unknown"})
    return client_of(auditor, REMOTE_ADDR="198.51.100.7")


def _shown(client, **parameters) -> list[Entry]:
    return list(client.get(reverse("audit_log"), parameters).context["object_list"])


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.key)
def test_nobody_reads_the_log_without_the_right(staff, role):
    user = staff(role.key)
    if user.has_perm("audit.view_entry"):
        pytest.skip("this role audits")

    for name in ("audit_log", "audit_log_results"):
        assert client_of(user).get(reverse(name)).status_code == 302
        assert client_of(user).get(reverse(name), {"export": "jsonl"}).status_code == 302


def test_nothing_but_reading_can_be_given(db):
    assert set(Permission.objects.filter(content_type__app_label="audit").values_list("codename", flat=True)) == {"view_entry"}


def test_the_auditor_reads_who_did_what_in_both_languages(reading, auditor):
    reading.get(reverse("audit_log"))
    for language, texts in (
        ("zh-hans", ("审计日志", "发布", "登录失败")),
        ("en", ("Audit log", "published", "sign-in failed")),
    ):
        auditor.set_preferred_language(language)
        page = reading.get(reverse("audit_log")).content.decode()
        for text in (*texts, "an-auditor", "198.51.100.7"):
            assert text in page, text


def test_the_log_stands_in_the_menu_of_those_who_may_read_it(reading, staff):
    assert reverse("audit_log") in reading.get(reverse("wagtailadmin_home")).content.decode()
    assert reverse("audit_log") not in client_of(staff("writer")).get(reverse("wagtailadmin_home")).content.decode()


def test_a_published_page_is_linked(reading):
    page = Page.objects.get(url_path="/zh/about/")

    entry = next(entry for entry in _shown(reading, event=Event.PUBLISHED) if entry.object_id == str(page.pk))

    assert entry.item_address == page.get_url()


@pytest.mark.parametrize(
    ("parameters", "event"),
    [
        ({"event": Event.SIGN_IN_FAILED}, Event.SIGN_IN_FAILED),
        ({"actor_name": "an-aud", "event": Event.PUBLISHED}, Event.PUBLISHED),
        ({"address": "198.51.", "event": Event.LOG_READ}, Event.LOG_READ),
    ],
)
def test_the_log_is_filtered_by_event_person_and_address(reading, parameters, event):
    reading.get(reverse("audit_log"))

    shown = _shown(reading, **parameters)

    assert {entry.event for entry in shown} == {event}
    assert _shown(reading, actor_name="nobody") == []


def test_the_log_is_filtered_by_period(reading):
    today = timezone.localdate()

    assert _shown(reading, moment_from=today, moment_to=today)
    assert _shown(reading, moment_to="2001-01-01") == []


@pytest.mark.parametrize(
    "parameters",
    [
        {"event": "nothing"},
        {"moment_from": "x", "moment_to": "9999-99-99"},
        {"actor_name": '"%\u3000' * 50},
        {"p": "１"},
        {"p": "-1"},
        {"ordering": "password"},
        {"address": "::"},
        {"export": "xlsx"},
    ],
)
def test_no_parameter_breaks_the_report(reading, parameters):
    assert reading.get(reverse("audit_log"), parameters).status_code == 200


def test_reading_and_downloading_are_recorded(reading):
    reading.get(reverse("audit_log"), {"actor_name": "writer"})
    b"".join(reading.get(reverse("audit_log"), {"export": "jsonl", "event": Event.SIGN_IN_FAILED}).streaming_content)
    append_waiting()

    entries = {entry.event: entry for entry in Entry.objects.filter(actor_name="an-auditor")}
    assert entries[Event.LOG_READ].details == {"filters": ["actor_name"]}
    assert entries[Event.LOG_EXPORTED].details["filters"] == ["event"]
    assert entries[Event.LOG_EXPORTED].details["count"] >= 1


def test_the_download_holds_the_filtered_entries_as_lines_of_json(reading):
    response = reading.get(reverse("audit_log"), {"export": "jsonl", "event": Event.PUBLISHED})

    lines = b"".join(response.streaming_content).decode().splitlines()
    assert response.headers["Content-Disposition"].startswith("attachment; filename=")
    assert {json.loads(line)["event"] for line in lines} == {"content.published"}
    numbers = [json.loads(line)["number"] for line in lines]
    assert numbers == sorted(numbers)


def test_a_page_of_the_log_takes_as_many_queries_for_50_entries_as_for_5(reading):
    def queries() -> int:
        reading.get(reverse("audit_log_results"))
        with CaptureQueriesContext(connection) as captured:
            reading.get(reverse("audit_log_results"))
        return len(captured)

    few = queries()
    for item in (*Group.objects.all(), *Page.objects.filter(depth__gt=1)):
        record(Event.PUBLISHED, item)
    append_waiting()

    assert queries() <= few + 3  # one for each kind of item, and what opening the page itself adds
