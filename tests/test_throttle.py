"""Guessing is slowed for those who guess, and not for those whose account it is."""

from unittest import mock

import pytest
from django.conf import settings
from django.test import Client, RequestFactory
from django.urls import reverse
from lxml import html

from core import counting
from core.client_address import client_address, counted_address
from portal.settings import environment
from tests.authenticators import code_of, give_app, give_recovery_codes
from tests.signing_in import PASSWORD, client_of

pytestmark = pytest.mark.usefixtures("portal")

WRONG = "no password of anybody"
TRIES = settings.THROTTLE_TRIES_OF_ACCOUNT


@pytest.fixture
def clock(monkeypatch):
    """A function that lets the window of the throttle pass."""
    from django.core.cache import cache

    return cache.clear


def attempt(client, username, password=WRONG, address="192.0.2.1", **options):
    form = {"login": username, "password": password}
    return client.post(reverse("account_login"), form, REMOTE_ADDR=address, **options)


def statuses(times: int, **options) -> list[int]:
    return [attempt(Client(), **options).status_code for _time in range(times)]


def test_every_further_try_is_refused_with_the_right_password_too(staff, clock):
    username = staff("writer").username

    assert statuses(TRIES, username=username) == [200] * TRIES
    assert statuses(3, username=username) == [429] * 3
    refused = attempt(Client(), username, PASSWORD)
    assert refused.status_code == 429
    assert 0 < int(refused.headers["Retry-After"]) <= settings.THROTTLE_SECONDS
    clock()
    assert attempt(Client(), username, PASSWORD).status_code == 302


@pytest.mark.parametrize(("language", "words"), [("en", "Too many tries have failed"), ("zh", "失败次数过多")])
def test_the_refusal_speaks_the_readers_language(staff, language, words):
    username = staff("writer").username
    statuses(TRIES, username=username)

    page = attempt(Client(), username, headers={"accept-language": language}).content.decode()

    assert words in html.document_fromstring(page).find(".//main").text_content()


def test_an_account_that_does_not_exist_is_throttled_alike(staff):
    assert statuses(TRIES + 1, username="nobody") == [200] * TRIES + [429]


def test_the_spelling_of_a_name_makes_no_second_count(staff):
    names = ("a-writer", "A-Writer", " a-writer ", "A-WRITER", "a-WRITER", "a-writer")
    staff("writer")
    assert [attempt(Client(), name).status_code for name in names] == [200] * TRIES + [429]


def test_a_stranger_does_not_keep_the_owner_out_of_their_own_device(staff):
    user = staff("writer")
    secret = give_app(user)
    device = Client()
    attempt(device, user.username, PASSWORD)
    assert device.post(reverse("mfa_authenticate"), {"code": code_of(secret)}).status_code == 302
    device.post(reverse("account_logout"))

    statuses(TRIES + 10, username=user.username)
    statuses(settings.THROTTLE_TRIES_OF_ADDRESS + 10, username="nobody")

    assert attempt(Client(), user.username, PASSWORD).status_code == 429
    assert attempt(device, user.username, PASSWORD).status_code == 302


def test_a_known_device_guesses_no_more_than_others(staff):
    user = staff("writer")
    device = Client()
    device.cookies[settings.DEVICE_COOKIE_NAME] = _cookie_of(user)

    answers = [attempt(device, user.username).status_code for _time in range(settings.THROTTLE_TRIES_OF_DEVICE + 1)]

    assert answers[-2:] == [200, 429]
    assert attempt(Client(), user.username, PASSWORD).status_code == 302


def _cookie_of(user) -> str:
    from django.http import HttpResponse

    from accounts.devices import remember_device

    response = HttpResponse()
    remember_device(RequestFactory().get("/"), response, user.username)
    return response.cookies[settings.DEVICE_COOKIE_NAME].value


def test_a_device_is_known_for_its_own_person_alone_and_not_when_forged(staff):
    writer, reviewer = staff("writer"), staff("reviewer")
    for username, cookie in ((reviewer.username, _cookie_of(writer)), (writer.username, _cookie_of(writer)[:-1] + "x")):
        statuses(TRIES, username=username)
        device = Client()
        device.cookies[settings.DEVICE_COOKIE_NAME] = cookie
        assert attempt(device, username, PASSWORD).status_code == 429


def test_the_cookie_of_a_device_is_set_after_a_complete_sign_in_only(staff):
    user = staff("writer")
    secret = give_app(user)
    client = Client()

    assert settings.DEVICE_COOKIE_NAME not in attempt(client, user.username, PASSWORD).cookies
    cookie = client.post(reverse("mfa_authenticate"), {"code": code_of(secret)}).cookies[settings.DEVICE_COOKIE_NAME]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Strict", settings.DEVICE_COOKIE_SECONDS)


def test_an_address_that_tries_many_names_is_refused(staff):
    most = settings.THROTTLE_TRIES_OF_ADDRESS
    answers = [attempt(Client(), f"name-{number}", address="192.0.2.9").status_code for number in range(most + 1)]

    assert answers == [200] * most + [429]
    assert attempt(Client(), "another", address="192.0.2.10").status_code == 200


def test_right_passwords_between_wrong_ones_start_no_new_count(staff):
    user = staff("writer")
    answers = []
    for _time in range(TRIES + 1):
        answers.append(attempt(Client(), user.username).status_code)
        attempt(Client(), user.username, PASSWORD)

    assert answers == [200] * TRIES + [429]


def test_codes_recovery_codes_and_passkeys_are_counted_together(staff):
    user = staff("writer")
    secret = give_app(user)
    recovery_code = give_recovery_codes(user)[0]
    client = Client()
    attempt(client, user.username, PASSWORD)
    wrong = [{"code": "000000"}, {"code": "12345678"}, {"credential": "{}"}, {"code": ""}, {"credential": ""}]
    answers = [client.post(reverse("mfa_authenticate"), form, REMOTE_ADDR="192.0.2.1").status_code for form in wrong[:TRIES]]
    assert answers == [200] * TRIES

    for form in ({"code": code_of(secret)}, {"code": recovery_code}):
        assert client.post(reverse("mfa_authenticate"), form).status_code == 429
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    ("name", "wrong", "right"),
    [
        ("account_reauthenticate", {"password": "wrong"}, {"password": PASSWORD}),
        ("mfa_reauthenticate", {"code": "000000"}, None),
        ("mfa_reauthenticate_webauthn", {"credential": "{}"}, None),
        (
            "account_change_password",
            {"oldpassword": "wrong", "password1": "x", "password2": "x"},
            {
                "oldpassword": PASSWORD,
                "password1": "amber lantern quietly 47 rivers",
                "password2": "amber lantern quietly 47 rivers",
            },
        ),
    ],
)
def test_secrets_asked_for_inside_are_throttled_too(staff, name, wrong, right):
    from allauth.mfa.models import Authenticator

    user = staff("writer")
    secret = give_app(user)
    if name.endswith("webauthn"):
        Authenticator.objects.create(user=user, type="webauthn", data={"name": "key", "credential": {}})
        with mock.patch("allauth.mfa.webauthn.internal.auth.get_credentials", return_value=[]):
            _assert_throttled(client_of(user), name, wrong, wrong)
        return
    _assert_throttled(client_of(user), name, wrong, right or {"code": code_of(secret)})


def _assert_throttled(client, name, wrong, right) -> None:
    answers = [client.post(reverse(name), wrong).status_code for _time in range(TRIES)]
    assert answers == [200] * TRIES
    assert client.post(reverse(name), right).status_code == 429


def test_a_weak_new_password_is_no_failed_try(staff):
    client = client_of(staff("writer"))
    form = {"oldpassword": PASSWORD, "password1": "short", "password2": "short"}

    assert [client.post(reverse("account_change_password"), form).status_code for _time in range(TRIES + 2)] == [200] * (
        TRIES + 2
    )


def test_while_the_shared_cache_is_down_the_process_counts_itself(staff, settings, monkeypatch):
    monkeypatch.setenv("CACHE_URL", "redis://127.0.0.1:1/0")
    settings.CACHES = {"default": environment.cache()}
    counting._own_memory.clear()
    username = staff("writer").username

    assert statuses(TRIES + 1, username=username) == [200] * TRIES + [429]

    counting._own_memory.clear()
    secret = give_app(staff("reviewer"))
    client = Client()
    attempt(client, "a-reviewer", PASSWORD)
    assert client.post(reverse("mfa_authenticate"), {"code": code_of(secret)}).status_code == 302


@pytest.mark.parametrize(
    ("proxies", "remote", "forwarded", "address"),
    [
        (0, "192.0.2.1", "198.51.100.1", "192.0.2.1"),
        (1, "127.0.0.1", "198.51.100.1", "198.51.100.1"),
        (1, "127.0.0.1", "10.9.9.9, 198.51.100.1", "198.51.100.1"),
        (2, "127.0.0.1", "10.9.9.9, 198.51.100.1, 10.0.0.2", "198.51.100.1"),
        (2, "127.0.0.1", "198.51.100.1", "127.0.0.1"),
        (1, "127.0.0.1", "nonsense", "127.0.0.1"),
        (1, "127.0.0.1", "", "127.0.0.1"),
        (0, "", "", "0.0.0.0"),  # noqa: S104
        (0, "::ffff:192.0.2.1", "", "192.0.2.1"),
        (0, "2001:db8::1%eth0", "", "2001:db8::1"),
    ],
)
def test_the_client_is_who_the_trusted_proxies_saw(settings, proxies, remote, forwarded, address):
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR=remote, headers={"x-forwarded-for": forwarded})

    assert client_address(request) == address


def test_a_network_of_64_bits_counts_as_one_client():
    requests = [RequestFactory().get("/", REMOTE_ADDR=address) for address in ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9")]

    assert {counted_address(request) for request in requests} == {"2001:db8:1:2::/64"}


@pytest.mark.parametrize("proxies", [0, 1])
def test_a_spoofed_address_makes_no_new_count(staff, settings, proxies):
    settings.TRUSTED_PROXIES = proxies
    most = settings.THROTTLE_TRIES_OF_ADDRESS
    answers = []
    for number in range(most + 1):
        forwarded = f"203.0.113.{number}" + (", 198.51.100.7" if proxies else "")
        answers.append(attempt(Client(), f"name-{number}", headers={"x-forwarded-for": forwarded}).status_code)

    assert answers[-1] == 429
