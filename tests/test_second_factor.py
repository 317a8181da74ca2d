"""Nobody works in the admin on a password alone, and nothing else of a half signed-in session counts either."""

import logging
import subprocess
import sys
from urllib.parse import urlencode

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_removed
from django.conf import settings
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from lxml import html
from wagtail.documents.models import Document
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction

from accounts.models import User
from tests.authenticators import code_of, give_app, give_recovery_codes, types_of
from tests.signing_in import PASSWORD, client_of, half_signed_in
from tests.test_settings import PRODUCTION

pytestmark = pytest.mark.usefixtures("portal")

HOME = reverse("wagtailadmin_home")


@pytest.fixture
def committed_at_once(monkeypatch):
    """What waits for the end of the transaction, which is never committed in these tests, happens within the request."""
    monkeypatch.setattr("django.db.transaction.on_commit", lambda function, **options: function())


def enter_password(client, user, **options):
    return client.post(reverse("account_login"), {"login": user.username, "password": PASSWORD}, **options)


@pytest.mark.parametrize("key", ["writer", "translator", "reviewer", "chief-editor", "administrator"])
def test_whoever_has_rights_in_the_admin_is_led_to_enrol(client, staff, key):
    enter_password(client, staff(key))

    assert client.get(HOME).url == reverse("mfa_index")


def test_a_superuser_is_led_to_enrol_too(client):
    user = User.objects.create_superuser("root", "root@example.org", PASSWORD)
    assert half_signed_in(user).get(HOME).url == reverse("mfa_index")


def test_before_the_second_factor_no_page_of_the_admin_answers(staff, capsys):
    user = staff("chief-editor")
    client = half_signed_in(user)
    article = Page.objects.get(url_path="/zh/news/yanshan-university-accredited/")
    names = {
        *(("wagtailadmin_home",), ("wagtailadmin_explore_root",), ("wagtailadmin_account",), ("wagtailimages:index",)),
        *(("wagtaildocs:index",), ("wagtailusers_users:index",), ("wagtailadmin_reports:site_history",)),
        *(("wagtailadmin_pages:edit", article.pk), ("wagtailadmin_pages:view_draft", article.pk)),
        *(("wagtailadmin_pages:preview_on_edit", article.pk), ("wagtailadmin_choose_page",), ("usersessions_list",)),
        *(("mfa_view_recovery_codes",), ("mfa_generate_recovery_codes",), ("mfa_list_webauthn",)),
    }
    for name, *arguments in names:
        for method in (client.get, client.post):
            response = method(reverse(name, args=arguments))
            assert (response.status_code, response.url) == (302, reverse("mfa_index")), name
    with capsys.disabled():
        print(f"\n  {len(names)} pages of the admin refused to a password alone, by GET and POST")


def test_before_the_second_factor_private_pages_and_documents_do_not_know_the_person(staff):
    half, whole = half_signed_in(staff("writer")), client_of(User.objects.get(username="a-writer"))
    page = Page.objects.get(url_path="/zh/programme/kinds-of-base/")
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    collection = Collection.get_first_root_node().add_child(name="for staff")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type=CollectionViewRestriction.LOGIN)
    document = Document.objects.create(title="Minutes", file="documents/nothing.pdf", collection=collection)

    assert half.get(page.url).status_code == 302
    assert whole.get(page.url).status_code == 200
    assert half.get(document.url).status_code == 302
    assert whole.get(document.url).status_code == 404  # let in, and the file is not there


def test_public_pages_take_no_notice_of_a_session(client, staff):
    half = half_signed_in(staff("writer"))

    assert half.get("/zh/news/").headers == client.get("/zh/news/").headers


def test_an_app_is_enrolled_with_the_code_it_shows(client, staff, committed_at_once):
    user = staff("writer")
    enter_password(client, user)
    key_before = client.session.session_key
    tree = html.document_fromstring(client.get(reverse("mfa_activate_totp")).content.decode())
    secret = tree.findtext(".//code")
    assert tree.xpath("//img/@src")[0].startswith("data:image/svg+xml;base64,")

    enrolled = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})

    assert enrolled.url == reverse("mfa_view_recovery_codes")
    assert len(html.document_fromstring(client.get(enrolled.url).content.decode()).xpath("//ul//code")) == 10
    assert client.session.session_key != key_before
    assert client.get(HOME).status_code == 200
    assert types_of(user) == {"totp", "recovery_codes"}
    assert mail.outbox[-1].subject in ("An authenticator app was set up", "已设置验证器应用")


def test_recovery_codes_are_shown_once(client, staff, committed_at_once):
    enter_password(client, staff("writer"))
    secret = html.document_fromstring(client.get(reverse("mfa_activate_totp")).content.decode()).findtext(".//code")
    enrolled = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    codes = html.document_fromstring(client.get(enrolled.url).content.decode()).xpath("//ul//code/text()")
    assert len(codes) == 10

    again = client.get(reverse("mfa_view_recovery_codes")).content.decode()

    assert not any(code in again for code in codes)


def test_after_enrolment_the_password_alone_signs_nobody_in(client, staff):
    user = staff("writer")
    secret = give_app(user)

    assert enter_password(client, user).url == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session
    assert client.get(HOME).url.startswith(reverse("account_login"))
    assert client.post(reverse("mfa_authenticate"), {"code": "000000"}).status_code == 200
    assert client.post(reverse("mfa_authenticate"), {"code": code_of(secret)}).url == HOME
    assert client.get(HOME).status_code == 200


def test_a_code_counts_once(staff):
    user = staff("writer")
    code = code_of(give_app(user))
    answers = []
    for _time in range(2):
        client = Client()
        enter_password(client, user)
        answers.append(client.post(reverse("mfa_authenticate"), {"code": code}).status_code)

    assert answers == [302, 200]


def test_a_recovery_code_counts_once(staff):
    user = staff("writer")
    give_app(user)
    code = give_recovery_codes(user)[0]
    answers = []
    for _time in range(2):
        client = Client()
        enter_password(client, user)
        answers.append(client.post(reverse("mfa_authenticate"), {"code": code}).status_code)

    assert answers == [302, 200]


def test_the_secrets_of_apps_are_sealed_in_the_database(staff, settings):
    user = staff("writer")
    secret = give_app(user)
    stored = Authenticator.objects.get(user=user)
    assert secret not in str(stored.data)

    settings.SECRET_KEY = "another key"

    assert not stored.wrap().validate_code(code_of(secret))


def test_a_session_begun_before_enrolment_elsewhere_must_prove_the_factor_and_cannot_add_one(staff):
    user = staff("writer")
    client = half_signed_in(user)
    secret = give_app(user)

    for name in ("wagtailadmin_home", "mfa_activate_totp", "mfa_add_webauthn", "mfa_index", "account_reauthenticate"):
        assert client.get(reverse(name)).url == reverse("mfa_reauthenticate"), name

    client.post(reverse("mfa_reauthenticate"), {"code": code_of(secret)})
    assert client.get(HOME).status_code == 200


def test_whoever_takes_off_the_last_factor_enrols_anew(staff):
    user = staff("writer")
    give_app(user)
    client = client_of(user)

    assert client.post(reverse("mfa_deactivate_totp")).status_code == 302

    assert client.get(HOME).url == reverse("mfa_index")


def test_changes_of_the_second_factor_ask_for_the_password_when_the_sign_in_is_a_while_ago(staff):
    client = client_of(staff("writer"))
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= settings.ACCOUNT_REAUTHENTICATION_TIMEOUT + 1
    session.save()

    asked = client.get(reverse("mfa_activate_totp"))
    assert asked.url == f"{reverse('account_reauthenticate')}?{urlencode({'next': reverse('mfa_activate_totp')})}"
    assert client.post(asked.url, {"password": "wrong"}).status_code == 200
    assert client.get(reverse("mfa_activate_totp")).status_code == 302
    assert client.post(asked.url, {"password": PASSWORD}).url == reverse("mfa_activate_totp")
    assert client.get(reverse("mfa_activate_totp")).status_code == 200


@pytest.mark.parametrize(
    "credential",
    ["", "x", "[]", "{}", '""', "1", "null", '{"id":"AA","rawId":"AA","response":{}}', "[" * 5000, '{"id":1,"response":[1]}'],
)
@pytest.mark.parametrize("name", ["mfa_authenticate", "mfa_reauthenticate_webauthn", "mfa_add_webauthn"])
def test_what_is_no_passkey_is_refused(staff, name, credential):
    user = staff("writer")
    give_app(user)
    client = Client() if name == "mfa_authenticate" else client_of(user)
    if name == "mfa_authenticate":
        enter_password(client, user)
    client.get(reverse(name))

    response = client.post(reverse(name), {"credential": credential})

    assert response.status_code in (200, 302, 400)
    assert types_of(user) == {"totp"}
    assert name != "mfa_authenticate" or "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    ("host", "base", "rp"),
    [
        ("", "https://home.example.cn", "home.example.cn"),
        ("desk.example.cn", "https://home.example.cn", "desk.example.cn"),
        ("", "http://127.0.0.1:8000", "localhost"),
    ],
)
def test_passkeys_belong_to_the_host_of_the_admin_whatever_the_request_says(staff, settings, host, base, rp):
    from accounts.adapters import SecondFactorAdapter

    settings.ADMIN_HOST, settings.BASE_URL = host, base

    assert SecondFactorAdapter.get_public_key_credential_rp_entity(None)["id"] == rp


def test_an_operator_takes_the_factor_off_who_has_lost_it(client, staff, caplog, monkeypatch):
    user = staff("writer")
    secret = give_app(user)
    give_recovery_codes(user)
    enter_password(client, user)
    client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    heard = []
    listener = lambda sender, user, authenticator, **kwargs: heard.append((user, authenticator.type))  # noqa: E731
    authenticator_removed.connect(listener)
    monkeypatch.setattr(logging.getLogger("django"), "propagate", True)

    call_command("reset_second_factor", user.username)

    authenticator_removed.disconnect(listener)
    assert types_of(user) == set()
    assert sorted(heard, key=str) == [(user, "recovery_codes"), (user, "totp")]
    assert "_auth_user_id" not in client.session
    assert "reset by command" in caplog.text
    assert mail.outbox[-1].to == [user.email]
    with pytest.raises(CommandError, match="nobody"):
        call_command("reset_second_factor", "nobody")


def test_a_newcomer_may_do_without_where_the_development_settings_say_so(settings, staff):
    settings.SECOND_FACTOR_REQUIRED = False

    assert half_signed_in(staff("writer")).get(HOME).status_code == 200


@pytest.mark.parametrize(("module", "required"), [("dev", "False"), ("production", "True")])
def test_no_variable_switches_the_second_factor_off_on_a_server(module, required):
    variables = PRODUCTION | {"DJANGO_SETTINGS_MODULE": f"portal.settings.{module}", "SECOND_FACTOR": "false", "PATH": ""}
    command = [sys.executable, "-c", "from django.conf import settings; print(settings.SECOND_FACTOR_REQUIRED)"]
    shown = subprocess.run(command, env=variables, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False)
    assert shown.stdout.strip() == required, shown.stderr
