"""Cookies: none for readers; staff get two, which bind to the host and no script reads."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.test import Client

from tests.test_delivery import PAGES, SERVICES
from tests.test_headers import LEADING_ON, REFUSED
from tests.test_settings import KNOWN, PRODUCTION

pytestmark = pytest.mark.usefixtures("portal")

LOGIN = f"/{settings.ADMIN_PATH}login/"
MALFORMED_SECRETS = ("", "x", "a" * 31, "a" * 65, "é" * 32, "<script>", "a b", '"' + "a" * 32 + '"', "a" * 3000)
ASK_PRODUCTION = """
import django
django.setup()
from django.conf import settings
from django.http import HttpResponse
from django.middleware.csrf import CsrfViewMiddleware, get_token
from django.test import Client, RequestFactory
request = RequestFactory().get("/")
get_token(request)
answer = CsrfViewMiddleware(HttpResponse).process_response(request, HttpResponse())
print(*(cookie.OutputString() for cookie in answer.cookies.values()))
print(settings.SESSION_COOKIE_NAME, settings.SESSION_COOKIE_SECURE, settings.SESSION_COOKIE_HTTPONLY,
    settings.SESSION_COOKIE_SAMESITE, settings.SESSION_COOKIE_PATH, settings.SESSION_COOKIE_DOMAIN)
print(Client().get("/healthz", secure=True, headers={"host": "home.example.cn"}).headers["Strict-Transport-Security"])
for path in ("/zh/", "//evil.example/"):
    asked = Client().get("/", PATH_INFO=path, headers={"host": "home.example.cn", "x-forwarded-host": "evil.example"})
    print(asked.status_code, asked.headers["Location"])
print(Client().get("/robots.txt", headers={"host": "home.example.cn", "x-forwarded-proto": "https"}).status_code)
"""


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


def ask_production(**changes: str) -> list[str]:
    inherited = {name: value for name, value in os.environ.items() if name not in KNOWN}
    asked = subprocess.run(
        [sys.executable, "-c", ASK_PRODUCTION],
        env=inherited | PRODUCTION | changes,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    assert asked.returncode == 0, asked.stderr
    return asked.stdout.splitlines()


def test_in_production_the_cookies_are_bound_to_the_host_and_to_encryption():
    csrf, session, transport, *redirects, _behind_a_proxy = ask_production()
    assert csrf.startswith("__Host-csrf=")
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= {part.strip() for part in csrf.split(";")}
    assert "Domain" not in csrf
    assert session == "__Host-session True True Lax / None"
    assert transport == "max-age=31536000; includeSubDomains; preload"
    assert redirects[0] == "301 https://home.example.cn/zh/"
    assert all(redirect.startswith("301 https://home.example.cn/") for redirect in redirects)


@pytest.mark.parametrize(("proxies", "status"), [("0", 301), ("1", 200), ("", 200)])
def test_what_a_proxy_says_of_encryption_is_believed_where_a_proxy_stands(proxies, status):
    last = ask_production(TRUSTED_PROXIES=proxies)[-1]
    assert last == str(status)
