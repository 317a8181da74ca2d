"""What a process of its own answers, with settings of a server; no store of the suite is asked."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

from tests.test_settings import KNOWN, PRODUCTION

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
BROKEN_DATABASES = ("sqlite:////no/such/folder/portal.sqlite3", "postgres://nobody:x@127.0.0.1:1/nowhere")
ASK_READINESS = """
import django, logging
django.setup()
logging.disable()
from django.test import Client
for path in ("/healthz", "/readyz"):
    response = Client().get(path)
    print(response.status_code, response.content.decode())
"""


def ask(code: str, environment: dict[str, str]) -> list[str]:
    """Return the lines that `code` prints in a new process."""
    asked = subprocess.run(
        [sys.executable, "-c", code], env=environment, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False
    )
    assert asked.returncode == 0, asked.stderr
    return asked.stdout.splitlines()


def ask_production(**changes: str) -> list[str]:
    inherited = {name: value for name, value in os.environ.items() if name not in KNOWN}
    return ask(ASK_PRODUCTION, inherited | PRODUCTION | changes)


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


@pytest.mark.parametrize("url", BROKEN_DATABASES)
def test_without_its_database_the_portal_is_alive_but_not_ready(url):
    environment = os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "portal.settings.test"}
    assert ask(ASK_READINESS, environment) == ["200 ok", "503 database unavailable"]
