"""Cookies: none for readers; staff get two, which bind to the host and no script reads."""

import pytest
from django.conf import settings
from django.test import Client

from tests.test_delivery import PAGES, SERVICES
from tests.test_headers import LEADING_ON, REFUSED

pytestmark = pytest.mark.usefixtures("portal")

LOGIN = f"/{settings.ADMIN_PATH}login/"
MALFORMED_SECRETS = ("", "x", "a" * 31, "a" * 65, "é" * 32, "<script>", "a b", '"' + "a" * 32 + '"', "a" * 3000)


def test_readers_get_no_cookie_and_no_answer_that_varies_by_one():
    for path in (*PAGES, *SERVICES, *REFUSED, *LEADING_ON[:-1]):
        response = Client().get(path)
        assert not response.cookies, path
        assert "Cookie" not in response.headers.get("Vary", ""), path


@pytest.mark.parametrize("name", [settings.CSRF_COOKIE_NAME, settings.SESSION_COOKIE_NAME])
@pytest.mark.parametrize("secret", MALFORMED_SECRETS)
def test_a_malformed_cookie_is_none(name, secret):
    for path in ("/zh/", "/en/bases/", "/zh/nothing/", "/zh/news/feed/", "/robots.txt"):
        client, plain = Client(), Client().get(path)
        client.cookies[name] = secret
        odd = client.get(path)
        assert (odd.status_code, odd.content, odd.headers) == (plain.status_code, plain.content, plain.headers)
        assert not odd.cookies


def test_the_sign_in_form_works_after_a_malformed_cookie(staff):
    client = Client(enforce_csrf_checks=True)
    client.cookies[settings.CSRF_COOKIE_NAME] = "broken"
    cookie = client.get(LOGIN).cookies[settings.CSRF_COOKIE_NAME]
    assert len(cookie.value) == 32
    form = {"username": "nobody", "password": "x", "csrfmiddlewaretoken": cookie.value}
    assert client.post(LOGIN, form).status_code == 200
    assert Client(enforce_csrf_checks=True).post(LOGIN, form).status_code == 403


def test_staff_get_cookies_that_scripts_and_other_sites_cannot_use(client, staff):
    user = staff("writer")
    client.get(LOGIN)
    client.post(LOGIN, {"username": user.username, "password": "a long password of the tests"})
    assert set(client.cookies) <= {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME}
    for cookie in client.cookies.values():
        assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["domain"]) == (True, "Lax", "/", "")


def test_staff_who_read_public_pages_get_what_everyone_gets(client, staff):
    client.force_login(staff("chief-editor"))
    for path in PAGES:
        own, plain = client.get(path), Client().get(path)
        assert (own.status_code, own.content, own.headers) == (plain.status_code, plain.content, plain.headers), path
