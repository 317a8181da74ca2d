"""The roles of the staff: exactly the stated rights, for each language's tree where that matters."""

import re

import lxml.html
import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, call_command
from django.urls import reverse
from wagtail.models import (
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowTask,
)

from accounts.models import ReviewTask, User
from accounts.roles import ALL_ROLES, CHIEF_EDITOR, RECORDS, REVIEWER, ROLES, set_up_roles
from bases.models import Base
from tests.signing_in import client_of

TREES = {"zh-hans": "/zh/", "en": "/en/"}
ARTICLES = {"zh-hans": "/zh/news/yanshan-university-accredited/", "en": "/en/news/yanshan-university-accredited/"}
RIGHTS = {  # role: page rights by language, record rights
    "writer": ({"zh-hans": {"add", "change"}}, {"add", "change"}),
    "translator": ({"en": {"add", "change"}}, {"add", "change"}),
    "reviewer": ({"zh-hans": {"change", "lock"}, "en": {"change", "lock"}}, {"change"}),
    "chief-editor": (
        {code: {"add", "change", "publish", "lock", "unlock"} for code in TREES},
        {"add", "change", "publish", "delete"},
    ),
    "administrator": ({}, set()),
    "auditor": ({code: {"view"} for code in TREES}, {"view"}),
}


def _article(code: str) -> Page:
    return Page.objects.get(url_path=ARTICLES[code])


def _rights() -> dict[str, tuple]:
    """Return all rights of the roles' groups, in a form that can be compared."""
    return {
        role.key: (
            sorted(Group.objects.get(name=role.name).permissions.values_list("content_type__app_label", "codename")),
            sorted(
                GroupPagePermission.objects.filter(group__name=role.name).values_list("page__url_path", "permission__codename")
            ),
            sorted(
                GroupCollectionPermission.objects.filter(group__name=role.name).values_list(
                    "collection", "permission__codename"
                )
            ),
        )
        for role in ALL_ROLES
    }


@pytest.mark.parametrize("key", RIGHTS)
def test_each_role_has_exactly_the_stated_rights(portal, staff, key):
    pages, records = RIGHTS[key]
    user = staff(key)
    held = {
        right.split(".")[1].split("_")[0]
        for right in user.get_all_permissions()
        if right.split("_")[-1] in {"base", "topic", "figure"}
    }

    assert held == records
    for code, path in TREES.items():
        found = GroupPagePermission.objects.filter(group__user=user, page__url_path=path).values_list(
            "permission__codename", flat=True
        )
        assert {name.removesuffix("_page") for name in found} == pages.get(code, set())
    assert not GroupPagePermission.objects.filter(group__user=user).exclude(page__url_path__in=TREES.values()).exists()
    for record in RECORDS:
        app_label, model = record.split(".")
        for right in ("add", "change", "publish", "delete"):
            assert user.has_perm(f"{app_label}.{right}_{model}") == (right in records)


@pytest.mark.parametrize(
    ("key", "edits", "takes_down"),
    [
        ("writer", {"zh-hans"}, set()),
        ("translator", {"en"}, set()),
        ("reviewer", {"zh-hans", "en"}, set()),
        ("chief-editor", {"zh-hans", "en"}, {"zh-hans", "en"}),
        ("administrator", set(), set()),
        ("auditor", set(), set()),
        ("news-writer", {"zh-hans"}, set()),
        ("bases-writer", set(), set()),
        ("news-translator", {"en"}, set()),
        ("news-reviewer", {"zh-hans", "en"}, set()),
        ("bases-reviewer", set(), set()),
    ],
)
def test_who_edits_and_takes_down_in_which_language_and_nobody_publishes(portal, staff, key, edits, takes_down):
    user = staff(key)
    permissions = {code: _article(code).permissions_for_user(user) for code in TREES}

    assert {code for code, may in permissions.items() if may.can_edit()} == edits
    assert not any(may.can_publish() for may in permissions.values())
    assert {code for code, may in permissions.items() if may.can_unpublish()} == takes_down


@pytest.mark.parametrize(
    ("key", "code", "opens"),
    [("writer", "zh-hans", True), ("writer", "en", False), ("translator", "zh-hans", False), ("translator", "en", True)],
)
def test_the_editor_opens_only_in_ones_own_language(portal, staff, key, code, opens):
    response = client_of(staff(key)).get(reverse("wagtailadmin_pages:edit", args=(_article(code).pk,)))

    assert (response.status_code == 200) == opens
    if opens:
        buttons = lxml.html.fromstring(response.content.decode()).xpath("//button[@name='action-publish']")
        assert buttons == []


@pytest.mark.parametrize("key", ["writer", "reviewer", "chief-editor"])
def test_nobody_finds_a_button_to_publish(portal, staff, key):
    client = client_of(staff(key))

    base = reverse("wagtailsnippets_bases_base:edit", args=(Base.objects.get(slug="hefei").pk,))
    for address in (reverse("wagtailadmin_pages:edit", args=(_article("zh-hans").pk,)), base):
        tree = lxml.html.fromstring(client.get(address).content.decode())
        assert tree.xpath("//button[@name='action-submit']")
        assert not tree.xpath("//button[@name='action-publish']")


def test_the_administrator_sees_staff_and_settings_and_no_content(portal, staff):
    client = client_of(staff("administrator"))

    for name in ("wagtailusers_users:index", "wagtailusers_groups:index", "wagtailsites:index", "wagtailredirects:index"):
        assert client.get(reverse(name)).status_code == 200, name
    assert client.get(reverse("wagtailsettings:edit", args=("portal", "sitesettings"))).status_code == 302  # to the one site
    for name in ("wagtailsnippets_bases_base:list", "wagtailsnippets_news_topic:list"):
        assert client.get(reverse(name)).status_code == 302, name
    assert client.get(reverse("wagtailsnippets_bases_province:list")).status_code == 200


@pytest.mark.parametrize("key", ["writer", "translator", "reviewer", "chief-editor", "news-writer"])
def test_only_the_administrator_looks_after_staff_and_settings(portal, staff, key):
    user = staff(key)
    client = client_of(user)

    for name in ("wagtailusers_users:index", "wagtailusers_groups:index", "wagtailsites:index"):
        assert client.get(reverse(name)).status_code == 302, name
    assert not user.has_perm("portal.change_sitesettings")
    assert not user.has_perm("accounts.add_user")


def test_setting_up_the_roles_again_changes_nothing(portal):
    before = _rights()
    counts = (Workflow.objects.count(), ReviewTask.objects.count(), Group.objects.count())

    call_command("set_up_roles", verbosity=0)

    assert _rights() == before
    assert (Workflow.objects.count(), ReviewTask.objects.count(), Group.objects.count()) == counts


def test_setting_up_the_roles_again_restores_what_was_taken_or_given(portal):
    before = _rights()
    writers, editors = Group.objects.get(name=ROLES[0].name), Group.objects.get(name=CHIEF_EDITOR.name)
    writers.permissions.add(Permission.objects.get(codename="publish_base"))
    GroupPagePermission.objects.create(group=writers, page=Page.objects.get(url_path="/en/"), permission_type="publish")
    editors.permissions.clear()
    GroupPagePermission.objects.filter(group=editors).delete()

    set_up_roles()

    assert _rights() == before


def test_wagtails_sample_groups_are_gone(portal):
    assert set(Group.objects.values_list("name", flat=True)) == {role.name for role in ALL_ROLES}


def test_staff_accounts_are_made_once_and_their_passwords_shown_once(portal, capsys, client):
    capsys.readouterr()
    call_command("create_staff_accounts")
    shown = dict(re.findall(r"^  (\S+)\s+(\S+)   ", capsys.readouterr().out, re.MULTILINE))

    accounts = {role.key: role for role in ROLES} | {"second-reviewer": REVIEWER}
    assert set(shown) == set(accounts)
    for username, role in accounts.items():
        user = User.objects.get(username=username)
        assert user.check_password(shown[username])
        assert [group.name for group in user.groups.all()] == [role.name]
        assert not user.is_superuser

    call_command("create_staff_accounts")

    again = capsys.readouterr().out
    assert "Every role has its account" in again
    assert not any(password in again for password in shown.values())
    assert all(User.objects.get(username=name).check_password(password) for name, password in shown.items())


def test_an_account_that_was_removed_is_made_anew_alone(portal, capsys):
    call_command("create_staff_accounts")
    User.objects.get(username="writer").delete()
    capsys.readouterr()

    call_command("create_staff_accounts")

    assert re.findall(r"^  (\S+)\s+\S+   ", capsys.readouterr().out, re.MULTILINE) == ["writer"]


def test_accounts_cannot_be_made_before_the_groups(portal):
    Group.objects.all().delete()

    with pytest.raises(CommandError, match=r"run manage\.py set_up_roles first"):
        call_command("create_staff_accounts")
    assert not User.objects.filter(username="writer").exists()


@pytest.mark.parametrize(
    ("key", "uploads"), [("writer", True), ("translator", True), ("chief-editor", True), ("reviewer", False)]
)
def test_who_writes_brings_pictures_and_documents(portal, staff, key, uploads):
    client = client_of(staff(key))

    for name in ("wagtailimages:index", "wagtailimages:add", "wagtaildocs:index", "wagtaildocs:add"):
        assert client.get(reverse(name)).status_code == (200 if uploads else 302), name


def test_the_reviewer_of_a_column_reviews_in_that_column_alone(portal, staff):
    article = _article("zh-hans").specific
    article.save_revision()
    article.get_workflow().start(article, staff("writer"))
    step = article.current_workflow_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=(article.pk, "approve", step.pk))

    client_of(staff("bases-reviewer")).post(address)
    step.refresh_from_db()
    assert step.status == step.STATUS_IN_PROGRESS

    client_of(staff("news-reviewer")).post(address)
    step.refresh_from_db()
    assert step.status == step.STATUS_APPROVED


def test_a_column_without_pages_is_named_and_the_rest_is_set_up(portal, capsys):
    Page.objects.get(url_path="/en/bases/").delete()
    capsys.readouterr()

    call_command("set_up_roles")

    shown = capsys.readouterr().out
    assert "翻译 Translator · 基地 Bases: no page of the column exists in en yet." in shown
    assert GroupPagePermission.objects.filter(group__name="翻译 Translator · 新闻 News").exists()


def test_setting_up_the_roles_again_takes_strange_steps_out_of_the_review(portal):
    task = ReviewTask.objects.create(name="Strange")
    workflow = Workflow.objects.get(name="三审 Three reviews")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=5)

    set_up_roles()

    steps = WorkflowTask.objects.filter(workflow=workflow).order_by("sort_order")
    assert list(steps.values_list("task__name", flat=True)) == [
        "初审 First review",
        "复审 Second review",
        "终审签发 Final review and release",
    ]
