"""On a public server nothing tells what runs inside: no debug pages, no versions, no paths, whatever the environment says."""

import os
import re
import subprocess
import sys
from pathlib import Path

import django
import pytest
import wagtail
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from news.models import NewsPage

PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "portal.settings.production",
    "SECRET_KEY": "an-example-key-for-this-test-of-more-than-fifty-characters",
    "ALLOWED_HOSTS": "home.example.cn",
    "BASE_URL": "https://home.example.cn",
    "DATABASE_URL": "sqlite:////no/such/folder/portal.sqlite3",
    "SECURE_SSL_REDIRECT": "false",
    "AUDIT_KEY": "another-example-key-for-this-test-of-more-than-fifty-characters",
    "SECURITY_CONTACT": "security@home.example.cn",
}
ASK = """
import django, logging
django.setup()
logging.disable()
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.test import Client
staticfiles_storage.stored_name = str  # no static files are collected for this
client = Client(raise_request_exception=False, headers={"host": "home.example.cn"})
print("DEBUG", settings.DEBUG, settings.TEMPLATES[0]["OPTIONS"].get("debug", False))
for path in ("/zh/", "/nothing", "/readyz", "/healthz", "/%00", "/admin/login/"):
    response = client.get(path)
    print(path, response.status_code, dict(response.headers), response.content.decode())
"""
WHERE_STATIC_FILES_ARE_LISTED = """
import django
django.setup()
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
print(settings.STATIC_ROOT, staticfiles_storage.manifest_storage.path(staticfiles_storage.manifest_name), sep="\\n")
"""
INSIDE = re.compile(
    rf"Traceback|site-packages|OperationalError|no/such/folder|{re.escape(str(settings.BASE_DIR))}|an-example-key"
)
VERSIONS = (django.__version__, wagtail.__version__, "Django/", "Wagtail/", "Python/", "WSGIServer", "X-Powered-By")


def _in_production(code: str, **variables: str) -> str:
    """Return what `code` prints in a new process with the settings of a public server."""
    environment = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "VIRTUAL_ENV")}
    command = [sys.executable, "-W", "ignore", "-c", code]
    environment |= PRODUCTION | variables
    return subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=True).stdout


def test_in_production_a_debug_variable_opens_no_debug_pages():
    """Even with a database that is away, every answer is one of the portal's own pages."""
    shown = _in_production(ASK, DEBUG="true")
    assert "DEBUG False False" in shown
    assert "/readyz 503" in shown
    assert "/healthz 200" in shown
    assert INSIDE.findall(shown) == []


def test_the_list_of_all_static_files_is_not_served():
    """It names the packages that the portal is made of."""
    served, listed = map(Path, _in_production(WHERE_STATIC_FILES_ARE_LISTED).split())
    assert listed.name.endswith(".json")
    assert served not in listed.parents


@pytest.mark.parametrize("path", ["/zh/", "/nothing", "/healthz", "/readyz", "/robots.txt", "/sitemap.xml", "/zh/news/feed/"])
def test_no_answer_names_a_version(portal, client, path):
    response = client.get(path)
    text = response.content.decode() + str(dict(response.headers))
    assert [version for version in VERSIONS if version in text] == []
    assert "Server" not in response.headers


def test_the_sign_in_page_names_no_version(portal, client):
    text = client.get(reverse("wagtailadmin_login")).content.decode()
    assert wagtail.__version__ not in re.sub(r'(?:src|href)="[^"]*"', "", text)


def test_a_fault_of_our_own_shows_a_page_without_its_cause(portal, client, monkeypatch):
    def fail(self, request: HttpRequest, *arguments):
        raise RuntimeError(f"a fault in {settings.BASE_DIR} with {settings.SECRET_KEY}")

    monkeypatch.setattr(NewsPage, "get_context", fail)
    client.raise_request_exception = False
    response = client.get("/zh/news/yanshan-university-accredited/")
    text = response.content.decode()
    assert response.status_code == 500
    assert not any(part in text for part in ("RuntimeError", "a fault in", str(settings.BASE_DIR), settings.SECRET_KEY))
