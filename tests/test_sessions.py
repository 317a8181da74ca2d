"""How long a sign-in lasts, and what a person sees and ends of their own."""

import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.test import Client
from django.urls import reverse
from lxml import html

from accounts.models import User
from tests.signing_in import PASSWORD, client_of
from tests.test_passwords import GOOD

pytestmark = pytest.mark.usefixtures("portal")

HOME = reverse("wagtailadmin_home")
PING = f"/{settings.ADMIN_PATH}editing-sessions/1/"


@pytest.fixture
def without_second_factor(settings):
    """Sign-in through the form alone, for what has nothing to do with the second factor."""
    settings.SECOND_FACTOR_REQUIRED = False


def signed_in(user, **options) -> Client:
    client = Client()
    client.post(reverse("account_login"), {"login": user.username, "password": PASSWORD}, **options)
    return client


def put_back(client, **seconds: int) -> None:
    """Let it be `seconds` longer ago that the session began or was last used."""
    session = client.session
    for name, number in seconds.items():
        session[name] -= number
    session.save()


@pytest.mark.parametrize(
    ("name", "limit"), [("seen_at", settings.SESSION_IDLE_SECONDS), ("begun_at", settings.SESSION_ABSOLUTE_SECONDS)]
)
def test_a_session_ends_when_it_was_idle_or_lasted_too_long(staff, name, limit):
    client = client_of(staff("writer"))
    put_back(client, **{name: limit - 60})
    assert client.get(HOME).status_code == 200

    put_back(client, **{name: limit + 1})

    assert client.get(HOME).url.startswith(reverse("account_login"))
    assert "_auth_user_id" not in client.session


def test_use_keeps_a_session_alive_until_its_longest_time(staff):
    client = client_of(staff("writer"))
    for _quarter_of_an_hour in range(4):
        put_back(client, seen_at=15 * 60)
        assert client.get(HOME).status_code == 200


def test_an_editor_left_open_does_not_keep_a_session_alive(staff):
    client = client_of(staff("writer"))
    put_back(client, seen_at=20 * 60)
    client.post(PING)
    put_back(client, seen_at=15 * 60)

    assert client.get(HOME).status_code == 302


def test_the_last_activity_is_written_once_a_minute_at_most(staff):
    client = client_of(staff("writer"))
    first = client.session["seen_at"]
    client.get(HOME)
    assert client.session["seen_at"] == first

    put_back(client, seen_at=61)
    client.get(HOME)

    assert client.session["seen_at"] > first - 61


def test_a_session_without_its_times_is_none(staff):
    client = client_of(staff("writer"))
    session = client.session
    del session["begun_at"]
    session.save()

    assert client.get(HOME).status_code == 302


def test_the_cookie_is_gone_with_the_browser(staff):
    cookie = signed_in(staff("writer")).cookies["sessionid"]

    assert (cookie["max-age"], cookie["expires"], cookie["httponly"]) == ("", "", True)


def test_a_person_sees_where_they_are_signed_in(staff, without_second_factor):
    user = staff("writer")
    firefox = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:130.0) Gecko/20100101 Firefox/130.0"
    signed_in(user, REMOTE_ADDR="192.0.2.7", headers={"user-agent": firefox})
    here = signed_in(user, REMOTE_ADDR="192.0.2.8")
    signed_in(staff("reviewer"), REMOTE_ADDR="203.0.113.1")

    page = html.document_fromstring(here.get(reverse("usersessions_list")).content.decode()).find(".//main").text_content()

    assert "Firefox 130 · Windows" in page
    assert "192.0.2.7" in page
    assert "192.0.2.8" in page
    assert "203.0.113.1" not in page


def test_a_user_agent_is_shown_as_text(staff, without_second_factor):
    here = signed_in(staff("writer"), headers={"user-agent": "<script>alert(1)</script>" * 100})

    assert "<script>alert" not in here.get(reverse("usersessions_list")).content.decode()


def test_a_person_ends_one_session_or_all_others(staff, without_second_factor):
    user = staff("writer")
    first, second, here = (signed_in(user) for _time in range(3))
    of_first = UserSession.objects.get(session_key=first.session.session_key)

    here.post(reverse("account_end_session", args=(of_first.pk,)))
    assert [client.get(HOME).status_code for client in (first, second, here)] == [302, 200, 200]

    here.post(reverse("usersessions_list"))
    assert [client.get(HOME).status_code for client in (second, here)] == [302, 200]


def test_nobody_ends_the_session_of_another(staff, without_second_factor):
    theirs = signed_in(staff("reviewer"))
    session = UserSession.objects.get(session_key=theirs.session.session_key)

    assert signed_in(staff("writer")).post(reverse("account_end_session", args=(session.pk,))).status_code == 404
    assert theirs.get(HOME).status_code == 200


def test_all_other_sessions_end_when_the_password_changes(staff, without_second_factor):
    user = staff("writer")
    other, here = signed_in(user), signed_in(user)
    here.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": GOOD, "password2": GOOD})

    assert [client.get(HOME).status_code for client in (other, here)] == [302, 200]


def test_all_sessions_end_for_good_when_the_account_is_made_inactive(staff, admin_client, without_second_factor):
    user = staff("writer")
    client = signed_in(user)
    form = {"username": user.username, "email": user.email, "first_name": "A", "last_name": "B", "preferred_language": "en"}

    admin_client.post(reverse("wagtailusers_users:edit", args=(user.pk,)), form)
    assert not User.objects.get(pk=user.pk).is_active
    assert client.get(HOME).status_code == 302

    User.objects.filter(pk=user.pk).update(is_active=True)
    assert client.get(HOME).status_code == 302
