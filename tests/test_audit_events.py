"""What the audit log hears: who signs in, who may what, what is published, seen and taken away."""

import io

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page, PageViewRestriction

from accounts.models import User
from accounts.roles import REVIEWER, WRITER, set_up_roles
from audit.chain import append_waiting
from audit.events import Event
from audit.models import Entry
from news.models import NewsPage
from portal.models import SiteSettings
from tests.authenticators import code_of, give_app
from tests.signing_in import PASSWORD, client_of

ADDRESS = "198.51.100.7"


@pytest.fixture
def heard(db):
    """A function that returns the entries made since the test began, or since it was last called, the oldest first."""
    append_waiting()
    last = Entry.objects.count()

    def since() -> list[Entry]:
        nonlocal last
        append_waiting()
        entries = list(Entry.objects.filter(number__gt=last).order_by("number"))
        last += len(entries)
        return entries

    return since


def _told(entries) -> list[tuple]:
    return [(entry.event, entry.actor_name, entry.object_label) for entry in entries]


@pytest.fixture
def root(db):
    return User.objects.create_superuser("root", "root@example.org", "a long password of the tests")


@pytest.fixture
def at_work(root, heard):
    """The client of a superuser, signed in; what came before is heard already."""
    client = client_of(root, REMOTE_ADDR=ADDRESS)
    heard()
    return client


def test_signing_in_and_out_is_heard_with_the_address(portal, root, heard):
    heard()
    client = Client(REMOTE_ADDR=ADDRESS)
    credentials = {"login": "root", "password": "a long password of the tests"}

    client.post(reverse("wagtailadmin_login"), credentials)
    client.post(reverse("wagtailadmin_logout"))

    entries = heard()
    assert [
        (entry.event, entry.actor_name, entry.actor_id, entry.address) for entry in entries if entry.event.startswith("sign")
    ] == [
        (Event.SIGNED_IN, "root", root.pk, ADDRESS),
        (Event.SIGNED_OUT, "root", root.pk, ADDRESS),
    ]


def test_a_failure_names_an_account_that_exists_and_never_what_was_typed(portal, root, heard):
    heard()
    client = Client(REMOTE_ADDR=ADDRESS)
    for name in ("root", "my secret password", "\u6d77\u667a"):
        client.post(reverse("wagtailadmin_login"), {"login": name, "password": "another secret"})

    entries = heard()
    assert [(entry.event, entry.actor_name, entry.object_label) for entry in entries] == [
        (Event.SIGN_IN_FAILED, "", "root"),
        (Event.SIGN_IN_FAILED, "", ""),
        (Event.SIGN_IN_FAILED, "", ""),
    ]
    assert not any("secret" in str(entry.as_deed()) for entry in entries)
    assert entries[1].details == {"account": "unknown"}


def test_an_account_is_heard_of_from_its_making_to_its_end(portal, at_work, heard):
    user = User.objects.create_user("somebody", "somebody@example.org", "a long password of the tests")
    user.first_name, user.is_active = "Wei", False
    user.save()
    user.set_password("another long password")
    user.save()
    user.groups.add(Group.objects.get(name=WRITER.name))
    user.groups.clear()
    user.save()
    user.delete()

    entries = heard()
    assert [entry.event for entry in entries] == [
        Event.ACCOUNT_CREATED,
        Event.ACCOUNT_CHANGED,
        Event.PASSWORD_CHANGED,
        Event.MEMBERSHIP_CHANGED,
        Event.MEMBERSHIP_CHANGED,
        Event.ACCOUNT_DELETED,
    ]
    assert {entry.object_label for entry in entries} == {"somebody"}
    assert entries[1].details == {"fields": ["first_name", "is_active"], "is_active": False}
    assert entries[3].details == {"added": ["撰稿 Writer"]}
    assert entries[4].details == {"removed": ["撰稿 Writer"]}
    assert "Wei" not in str([entry.as_deed() for entry in entries])


def test_accounts_closed_together_in_the_admin_are_heard_of_one_by_one(portal, staff, at_work, heard):
    users = [staff("writer"), staff("reviewer")]
    heard()
    address = reverse("wagtail_bulk_action", args=("accounts", "user", "set_active_state"))

    at_work.post(f"{address}?id={users[0].pk}&id={users[1].pk}", {"mark_as_active": "False"})

    entries = [entry for entry in heard() if entry.event == Event.ACCOUNT_CHANGED]
    assert {(entry.object_label, entry.actor_name, entry.details["is_active"]) for entry in entries} == {
        (user.username, "root", False) for user in users
    }


def test_rights_given_and_taken_are_heard_by_name(portal, heard):
    group = Group.objects.get(name=REVIEWER.name)
    home = Page.objects.get(url_path="/en/")

    group.permissions.add(Permission.objects.get(codename="publish_base"))
    append_waiting()
    GroupPagePermission.objects.create(group=group, page=home, permission_type="publish")
    append_waiting()
    GroupCollectionPermission.objects.filter(group=group).delete()

    entries = heard()
    assert {entry.event for entry in entries} == {Event.RIGHTS_CHANGED}
    assert [entry.details.get("added") for entry in entries] == [
        ["bases.publish_base"],
        [f"publish_page @ page {home.pk}"],
        None,
    ]
    root = Collection.get_first_root_node().pk
    assert entries[2].details["removed"] == [f"choose_document @ collection {root}", f"choose_image @ collection {root}"]


def test_rights_given_in_the_form_of_a_role_are_heard(portal, at_work, heard, contexts):
    home = Page.objects.get(url_path="/en/")
    data = {
        "name": "a new role",
        **{f"{prefix}-{key}": 0 for prefix in _formsets(at_work) for key in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS")},
        "page_permissions-TOTAL_FORMS": 1,
        "page_permissions-0-page": home.pk,
        "page_permissions-0-permissions": ["publish_page", "change_page"],
    }
    heard()

    at_work.post(reverse("wagtailusers_groups:add"), data)

    entries = heard()
    assert _told(entries)[0] == (Event.GROUP_CREATED, "root", "a new role")
    given = next(entry for entry in entries if entry.event == Event.RIGHTS_CHANGED)
    assert given.object_label == "a new role"
    assert given.details == {"added": [f"change_page @ page {home.pk}", f"publish_page @ page {home.pk}"]}


def _formsets(client) -> list[str]:
    page = client.get(reverse("wagtailusers_groups:add"))
    return [panel.prefix for panel in page.context["permission_panels"] if hasattr(panel, "management_form")]


def test_setting_up_the_roles_again_leaves_no_entry_and_a_restored_right_one(portal, heard):
    set_up_roles()
    assert heard() == []

    writers = Group.objects.get(name=WRITER.name)
    GroupPagePermission.objects.filter(group=writers, permission__codename="add_page").delete()
    heard()
    set_up_roles()

    entries = heard()
    assert [(entry.event, entry.actor_name, entry.object_label) for entry in entries] == [
        (Event.RIGHTS_CHANGED, "command line", "撰稿 Writer")
    ]
    assert [right.split(" @ ")[0] for right in entries[0].details["added"]] == ["add_page"]


def test_commands_that_make_accounts_are_heard(portal, heard):
    call_command("create_staff_accounts", stdout=io.StringIO())

    entries = heard()
    made = [entry for entry in entries if entry.event == Event.ACCOUNT_CREATED]
    assert {entry.actor_name for entry in entries} == {"command line"}
    assert {entry.object_label for entry in made} >= {"writer", "administrator"}


def test_what_becomes_private_is_heard(portal, heard):
    page = Page.objects.get(url_path="/zh/about/")

    restriction = PageViewRestriction.objects.create(page=page, restriction_type="login")
    restriction.delete()

    assert [(entry.event, entry.object_id) for entry in heard()] == [
        (Event.ACCESS_RESTRICTED, str(page.pk)),
        (Event.ACCESS_OPENED, str(page.pk)),
    ]


def test_publishing_taking_down_and_deleting_are_heard(portal, root, heard):
    page = NewsPage.objects.get(url_path="/zh/news/yanshan-university-accredited/")
    heard()

    page.save_revision(user=root).publish(user=root, skip_permission_checks=True)
    page.unpublish(user=root)
    title, pk = page.title, str(page.pk)
    page.delete(user=root)

    told = [(entry.event, entry.actor_name, entry.object_kind, entry.object_id, entry.object_label) for entry in heard()]
    for event in (Event.PUBLISHED, Event.UNPUBLISHED, Event.DELETED):
        assert (event, "root", "wagtailcore.page", pk, title) in told


def test_decisions_in_review_are_heard(portal, staff, heard):
    article = NewsPage.objects.get(url_path="/zh/news/yanshan-university-accredited/")
    writer, reviewer = staff("writer"), staff("reviewer")
    article.save_revision(user=writer)
    article.get_workflow().start(article, writer)
    step = article.current_workflow_task_state
    step.approve(user=reviewer)

    told = [(entry.event, entry.actor_name) for entry in heard()]
    assert (Event.REVIEW_STARTED, "a-writer") in told
    assert (Event.REVIEW_APPROVED, "a-reviewer") in told


def test_settings_are_heard_by_the_names_of_what_changed(portal, heard):
    site_settings = SiteSettings.objects.get()
    site_settings.contact_phone = "010-12345678"
    site_settings.save()

    entries = heard()
    assert [entry.event for entry in entries] == [Event.SETTINGS_CHANGED]
    assert entries[0].details == {"deed": "changed", "fields": ["contact_phone"]}


def test_files_are_heard_from_upload_to_deletion(portal, heard, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    document = get_document_model()(title="指南")
    document.file.save("guide.txt", ContentFile(b"text"))
    document.title = "Guide"
    document.save()
    document.delete()

    entries = heard()
    assert [entry.event for entry in entries] == [Event.FILE_ADDED, Event.FILE_CHANGED, Event.FILE_DELETED]
    assert entries[1].details == {"fields": ["title"]}


def test_looking_at_the_staff_is_heard(portal, staff, at_work, heard):
    writer = staff("writer")
    heard()

    at_work.get(reverse("wagtailusers_users:index"))
    at_work.get(reverse("wagtailusers_users:edit", args=(writer.pk,)))
    at_work.get(reverse("wagtailadmin_home"))

    entries = heard()
    assert _told(entries) == [(Event.PERSONAL_DATA_SEEN, "root", ""), (Event.PERSONAL_DATA_SEEN, "root", "a-writer")]
    assert {entry.address for entry in entries} == {ADDRESS}


def test_looks_that_are_refused_are_not_taken_for_views(portal, staff, heard):
    client = client_of(staff("writer"))
    heard()

    client.get(reverse("wagtailusers_users:index"))

    assert heard() == []


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_lists_taken_away_are_heard(portal, at_work, heard, file_format):
    response = at_work.get(reverse("unfound_queries"), {"export": file_format})
    assert response.status_code == 200
    at_work.get(reverse("unfound_queries"), {"export": "nothing known"})

    assert [(entry.event, entry.details) for entry in heard()] == [
        (Event.EXPORTED, {"list": "unfound_queries", "format": file_format})
    ]


def test_readers_leave_no_entry(portal, heard, client):
    for address in ("/zh/", "/en/news/", "/zh/bases/data/csv/", "/zh/search/?q=海智", "/nothing/", "/zh/search/?export=csv"):
        client.get(address)

    assert heard() == []


def test_the_address_behind_trusted_proxies_is_the_readers(portal, root, heard, settings):
    settings.TRUSTED_PROXIES = 2
    heard()
    headers = {"HTTP_X_FORWARDED_FOR": "203.0.113.9, 2001:db8::1, 10.0.0.1", "REMOTE_ADDR": "10.0.0.2"}
    credentials = {"login": "root", "password": "a long password of the tests"}

    Client(**headers).post(reverse("wagtailadmin_login"), credentials)
    Client(**headers | {"HTTP_X_FORWARDED_FOR": "no address"}).post(reverse("wagtailadmin_login"), credentials)

    assert [entry.address for entry in heard() if entry.event == Event.SIGNED_IN] == ["2001:db8::1", "10.0.0.2"]


def test_a_wrong_code_and_the_sign_in_that_a_right_one_completes_are_heard(portal, staff, heard):
    writer = staff("writer")
    secret = give_app(writer)
    client = Client(REMOTE_ADDR=ADDRESS)
    heard()

    client.post(reverse("account_login"), {"login": writer.username, "password": PASSWORD})
    client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert _told(heard()) == [(Event.FACTOR_FAILED, "", writer.username)]

    client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    assert [entry.event for entry in heard() if entry.event.startswith("sign_in")] == [Event.SIGNED_IN]


def test_the_first_of_the_refused_tries_is_heard_once(portal, staff, heard, settings):
    writer, client = staff("writer"), Client(REMOTE_ADDR=ADDRESS)
    heard()

    for _time in range(settings.THROTTLE_TRIES_OF_ACCOUNT + 3):
        client.post(reverse("account_login"), {"login": writer.username, "password": "wrong"})

    events = [entry.event for entry in heard()]
    assert events == [Event.SIGN_IN_FAILED] * settings.THROTTLE_TRIES_OF_ACCOUNT + [Event.SIGN_IN_REFUSED]


def test_a_factor_taken_off_and_one_set_up_are_heard_with_their_kind(portal, staff, heard, django_capture_on_commit_callbacks):
    writer = staff("writer")
    give_app(writer)
    client = client_of(writer, REMOTE_ADDR=ADDRESS)
    heard()

    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("mfa_deactivate_totp"))

    assert [(entry.event, entry.details) for entry in heard()] == [(Event.FACTOR_REMOVED, {"type": "totp"})]
