"""Editing, administration and audit are kept apart, and the forms say why they refuse."""

import lxml.html
import pytest
from django.contrib.auth.models import Group
from django.contrib.messages import get_messages
from django.urls import reverse
from wagtail.models import Page

from accounts.models import User
from accounts.roles import ADMINISTRATOR, ALL_ROLES, AUDITOR, CHIEF_EDITOR, WRITER
from accounts.separation import powers_of
from tests.matrix.administering import account
from tests.signing_in import client_of

pytestmark = pytest.mark.usefixtures("contexts")

PASSWORD = {"password1": "a long password of the tests", "password2": "a long password of the tests"}
NEWS_WRITER = "撰稿 Writer · 新闻 News"


def _create(client, *groups):
    data = account(User(username="made", email="made@example.org"), *groups, **PASSWORD)
    return client.post(reverse("wagtailusers_users:add"), data)


@pytest.mark.parametrize(
    ("groups", "made"),
    [
        ((WRITER.name, NEWS_WRITER), True),
        ((WRITER.name, CHIEF_EDITOR.name), True),
        ((AUDITOR.name,), True),
        ((AUDITOR.name, NEWS_WRITER), False),
        ((ADMINISTRATOR.name, WRITER.name), False),
        ((ADMINISTRATOR.name, AUDITOR.name), False),
    ],
)
def test_an_account_holds_roles_of_one_power(portal, staff, groups, made):
    response = _create(client_of(staff("administrator")), *groups)

    assert User.objects.filter(username="made").exists() == made
    if not made:
        (error,) = response.context["form"].errors["groups"]
        assert all(name in error for name in groups)


def test_every_group_of_a_role_belongs_to_one_power(portal):
    assert {group.name for group in Group.objects.all() if not powers_of([group])} == set()
    assert len(ALL_ROLES) == Group.objects.count()


def test_no_form_offers_to_make_a_superuser(portal, staff, admin_client):
    for client in (client_of(staff("administrator")), admin_client):
        for address in (
            reverse("wagtailusers_users:add"),
            reverse("wagtailusers_users:edit", args=(User.objects.first().pk,)),
        ):
            assert lxml.html.fromstring(client.get(address, follow=True).content).xpath("//*[@name='is_superuser']") == []


def test_the_account_form_says_that_another_changes_ones_roles(portal, staff):
    administrator = staff("administrator")
    page = client_of(administrator).get(reverse("wagtailusers_users:edit", args=(administrator.pk,)))

    boxes = lxml.html.fromstring(page.content.decode()).xpath("//input[@name='groups']")
    assert boxes
    assert all(box.get("disabled") is not None for box in boxes)


def test_an_auditor_is_told_why_nothing_was_changed(portal, staff):
    client = client_of(staff("auditor"), headers={"accept": "text/html"})
    page = Page.objects.get(url_path="/zh/news/")

    response = client.post(reverse("wagtailadmin_pages:delete", args=(page.pk,)), follow=True)

    assert [str(message).strip() for message in response.context["messages"]] == [
        "审计员可查看全部内容，但不能改动。未作任何改动。"
    ]
    assert Page.objects.filter(pk=page.pk).exists()


def test_the_foot_of_a_form_offers_an_auditor_no_button(portal, staff):
    addresses = (
        reverse("wagtailadmin_pages:edit", args=(Page.objects.get(url_path="/zh/news/").pk,)),
        reverse("wagtailsnippets_news_topic:edit", args=(1,)),
    )
    for key, offered in (("auditor", False), ("writer", True)):
        client = client_of(staff(key))
        for address in addresses:
            buttons = lxml.html.fromstring(client.get(address).content.decode()).xpath("//footer//button")
            assert bool(buttons) == offered, (key, address)


def test_an_auditor_who_was_given_more_still_changes_nothing(portal, staff):
    auditor = staff("auditor")
    auditor.groups.add(Group.objects.get(name=CHIEF_EDITOR.name))
    page = Page.objects.get(url_path="/zh/about/")

    client_of(auditor).post(reverse("wagtailadmin_pages:unpublish", args=(page.pk,)))

    assert Page.objects.get(pk=page.pk).live


def test_an_auditor_changes_his_own_account(portal, staff):
    auditor = staff("auditor")
    address = reverse("wagtailadmin_account")
    client = client_of(auditor)
    form = next(form for form in lxml.html.fromstring(client.get(address).content.decode()).forms if form.method == "POST")
    values = dict(form.form_values())

    assert client.post(address, values | {"name_email-last_name": "After"}).status_code in {200, 302}
    assert client.post(reverse("wagtailadmin_logout")).status_code == 302
    assert client.get(address).status_code == 302


@pytest.mark.parametrize("address", ["/api/v3/", "/api/v3/pages/", "/api/v2/pages/", "/api/pages/"])
def test_the_content_api_is_not_served(portal, admin_client, address):
    for method in (admin_client.get, admin_client.post):
        assert method(address).status_code == 404


@pytest.mark.parametrize("name", ["a-WRITER", "ａ-writer"])
def test_no_account_takes_the_name_of_another_in_other_letters(portal, staff, name):
    staff("writer")
    client = client_of(staff("administrator"))

    form = client.post(reverse("wagtailusers_users:add"), {"username": name}).context["form"]

    assert form.has_error("username", "taken") or form.has_error("username", "invalid")


def test_what_the_editor_sends_by_itself_is_refused_to_an_auditor_without_a_word(portal, staff):
    auditor = client_of(staff("auditor"))

    response = auditor.post(reverse("wagtailadmin_editing_sessions:release", args=(1,)), headers={"accept": "*/*"})

    assert response.status_code == 403
    assert not list(get_messages(response.wsgi_request))
