"""The one door: who gets in by name and password, what it tells those who do not, and that there is no other."""

from unittest import mock

import pytest
from django.conf import settings
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.test import Client
from django.urls import NoReverseMatch, reverse
from lxml import html
from wagtail.models import Page, PageViewRestriction

from accounts.models import User
from tests.signing_in import PASSWORD, client_of

pytestmark = pytest.mark.usefixtures("portal")

DOOR = f"/{settings.ADMIN_PATH}login/"


def sign_in(client, username, password=PASSWORD, address=DOOR, **options):
    return client.post(address, {"login": username, "password": password}, **options)


def text_of(response) -> str:
    return html.document_fromstring(response.content.decode()).find(".//main").text_content()


def is_signed_in(client) -> bool:
    return "_auth_user_id" in client.session


def test_name_and_password_lead_to_the_admin(client, staff):
    response = sign_in(client, staff("writer").username)

    assert (response.status_code, response.url) == (302, reverse("wagtailadmin_home"))
    assert is_signed_in(client)


def test_who_signs_out_is_out(client, staff):
    client = client_of(staff("writer"))

    assert client.post(reverse("wagtailadmin_logout")).url == DOOR
    assert client.get(reverse("wagtailadmin_home")).url == f"{DOOR}?next={reverse('wagtailadmin_home')}"


def test_the_admin_sends_strangers_to_the_door_and_the_door_back(client, staff):
    address = reverse("wagtailadmin_explore_root")

    asked = client.get(address)

    assert asked.url == f"{DOOR}?next={address}"
    assert sign_in(client, staff("writer").username, address=asked.url).url == address


@pytest.mark.parametrize(
    "route",
    [
        *("password_reset/", "password_reset/done/", "password_reset/confirm/MQ/x-y/", "password_reset/complete/"),
        *("signup/", "account/signup/", "account/email/", "account/password/reset/", "account/password/set/"),
        *("account/inactive/", "account/login/code/", "account/second-factor/passkeys/login/"),
    ],
)
def test_there_is_no_sign_up_no_mail_and_no_password_by_mail(client, staff, route):
    for asking in (client, client_of(staff("writer"))):
        assert asking.get(f"/{settings.ADMIN_PATH}{route}").status_code in (302, 404)
        assert asking.post(f"/{settings.ADMIN_PATH}{route}", {"email": "writer@example.org"}).status_code in (302, 404)
    assert client_of(User.objects.get(username="a-writer")).get(f"/{settings.ADMIN_PATH}{route}").status_code == 404
    assert mail.outbox == []


@pytest.mark.parametrize("name", ["account_signup", "account_email", "account_reset_password", "mfa_login_webauthn"])
def test_what_is_not_wanted_has_no_address(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


@pytest.mark.parametrize("prefix", ["zh", "en"])
def test_readers_of_private_pages_come_in_by_the_same_door(client, staff, prefix):
    page = Page.objects.get(url_path="/zh/programme/kinds-of-base/")
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert client.get(page.url).url == f"/zh/_util/login/?next={page.url}"

    other_door = client.get(f"/{prefix}/_util/login/?next=/zh/programme/kinds-of-base/")

    assert other_door.url == f"{DOOR}?next=/zh/programme/kinds-of-base/"
    posted = client.post(f"/{prefix}/_util/login/", {"username": staff("writer").username, "password": PASSWORD})
    assert posted.url == DOOR
    assert not is_signed_in(client)


def test_a_reader_without_rights_in_the_admin_gets_to_the_private_page_and_not_into_the_admin(client):
    User.objects.create_user("reader", "reader@example.org", PASSWORD)
    page = Page.objects.get(url_path="/zh/programme/kinds-of-base/")
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)

    assert sign_in(client, "reader", address=f"{DOOR}?next={page.url}").url == page.url

    assert client.get(page.url).status_code == 200
    refused = client.get(reverse("wagtailadmin_home"), follow=True)
    assert refused.status_code == 403
    assert "无权访问" in text_of(refused)


def _answers_to_wrong_tries(staff) -> dict:
    staff("writer")
    User.objects.create_user("left", "left@example.org", PASSWORD, is_active=False)
    unusable = User.objects.create_user("locked", "locked@example.org")
    assert not unusable.has_usable_password()
    tries = {
        "unknown": ("nobody", PASSWORD),
        "wrong": ("a-writer", "wrong"),
        "inactive": ("left", PASSWORD),
        "locked": ("locked", "x"),
    }
    answers = {}
    for case, (username, password) in tries.items():
        with mock.patch.object(MD5PasswordHasher, "encode", autospec=True, side_effect=MD5PasswordHasher.encode) as hashing:
            response = sign_in(Client(), username, password)
        answers[case] = (response.status_code, text_of(response), hashing.call_count, set(response.cookies))
    return answers


def test_no_answer_tells_whether_an_account_exists(staff, capsys):
    answers = _answers_to_wrong_tries(staff)

    assert len(set(map(repr, answers.values()))) == 1, answers
    status, text, hashings, _cookies = answers["unknown"]
    assert (status, hashings) == (200, 1)
    assert "用户名与密码不符" in text
    with capsys.disabled():
        print(f"\n  {len(answers)} kinds of wrong sign-in: one answer, {hashings} hashing each")


def test_an_account_made_inactive_is_out_at_once_and_stays_out(client, staff):
    user = staff("writer")
    sign_in(client, user.username)

    User.objects.filter(pk=user.pk).get()
    user.is_active = False
    user.save()
    user.is_active = True
    user.save()

    assert not is_signed_in(client)


@pytest.mark.parametrize(
    ("languages", "lang", "heading"),
    [("en-GB,en;q=0.9", "en", "Sign in"), ("zh-CN", "zh-Hans", "登录"), ("fr", "zh-Hans", "登录"), ("", "zh-Hans", "登录")],
)
def test_the_door_speaks_the_browsers_language_chinese_first(client, languages, lang, heading):
    tree = html.document_fromstring(client.get(DOOR, headers={"accept-language": languages}).content.decode())

    assert (tree.get("lang"), tree.findtext(".//h1")) == (lang, heading)


def test_once_signed_in_the_pages_speak_the_persons_language(staff):
    user = staff("translator")
    for code, heading in (("en", "Second factor"), ("zh-hans", "第二重验证")):
        user.set_preferred_language(code)
        page = client_of(user).get(reverse("mfa_index"), headers={"accept-language": "zh" if code == "en" else "en"})
        assert html.document_fromstring(page.content.decode()).findtext(".//h1") == heading


def test_pages_of_accounts_run_no_inline_script_and_are_kept_nowhere(client):
    response = client.get(DOOR)
    tree = html.document_fromstring(response.content.decode())

    assert "script-src 'self';" in response.headers["Content-Security-Policy"] + ";"
    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert not tree.xpath("//style | //@style | //script[not(@src) and not(@type='application/json')]")


def test_the_session_has_another_key_before_and_after_the_password(client, staff):
    client.get(DOOR)
    session = client.session
    session["planted"] = "by a stranger"
    session.save()
    client.cookies["sessionid"] = session.session_key
    sign_in(client, staff("writer").username)

    assert client.session.session_key != session.session_key
    assert is_signed_in(client)
    stranger = Client()
    stranger.cookies["sessionid"] = session.session_key
    assert not is_signed_in(stranger)


def test_a_sign_in_from_a_device_that_is_not_known_is_told_by_mail_in_the_persons_language(client, staff):
    user = staff("writer")
    user.set_preferred_language("en")

    sign_in(
        client, user.username, headers={"user-agent": "Mozilla/5.0 (X11; Linux x86_64) Chrome/130.0"}, REMOTE_ADDR="192.0.2.7"
    )

    [notice] = mail.outbox
    assert notice.to == [user.email]
    assert notice.subject == "Sign-in from a device that was not known"
    assert "192.0.2.7" in notice.body
    assert "Chrome 130" in notice.body
    assert "(Beijing time)" in notice.body


def test_a_mail_server_that_is_down_keeps_nobody_out(client, staff, monkeypatch):
    monkeypatch.setattr("django.core.mail.EmailMessage.send", mock.Mock(side_effect=ConnectionRefusedError))

    assert sign_in(client, staff("writer").username).status_code == 302
    assert is_signed_in(client)
