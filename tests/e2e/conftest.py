"""A server of its own, on a copy of the suite's database, and a browser to read it with."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import ExitStack

import pytest
from django.conf import settings
from django.db import connections
from playwright.sync_api import expect, sync_playwright

from tests.authenticators import code_of
from tests.database_copy import copy_of_database

# The shell without windows is Chromium all the same, and starts pages in half the time.
CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"))), None
)
# Without these Chromium looks for hosts outside.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
START_SECONDS = 60
PATIENCE = 90_000  # milliseconds: other work may keep the machine busy
ADMIN = f"/{settings.ADMIN_PATH}"
expect.set_options(timeout=PATIENCE)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="session")
def database_copy(django_db_setup, django_db_blocker):
    """The address of a copy of the test database, which the server may write to."""
    with ExitStack() as copies:
        with django_db_blocker.unblock():
            address = copies.enter_context(copy_of_database("browser"))
        yield address  # the tests of other modules that follow find the database shut
        with django_db_blocker.unblock():
            copies.close()


@pytest.fixture(scope="session")
def passwords(database_copy) -> dict[str, str]:
    """The password of each role's account, as the command prints them once."""
    command = [sys.executable, "manage.py", "create_staff_accounts"]
    environment = os.environ | {"DATABASE_URL": database_copy, "DJANGO_SETTINGS_MODULE": "portal.settings.test"}
    result = subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=True)
    rows = [line.split() for line in result.stdout.splitlines() if line.startswith("  ")]
    return {row[0]: row[1] for row in rows}


@pytest.fixture(scope="session")
def server(database_copy):
    """The address ("http://127.0.0.1:…") of the running portal."""
    if CHROMIUM is None:
        if os.environ.get("REQUIRE_BROWSER"):
            pytest.fail("Chromium is not installed, and REQUIRE_BROWSER asks for the browser tests")
        pytest.skip("Chromium is not installed: the browser tests did not run")
    port = _free_port()
    address = f"http://127.0.0.1:{port}"
    environment = os.environ | {
        "DATABASE_URL": database_copy,
        "DJANGO_SETTINGS_MODULE": "tests.e2e.settings",
        "BASE_URL": address,
    }
    command = [sys.executable, "manage.py", "runserver", "--noreload", "--nostatic", f"127.0.0.1:{port}"]
    process = subprocess.Popen(
        command, cwd=settings.BASE_DIR, env=environment, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    )
    try:
        _wait_for(address + "/healthz", process)
        yield address
    finally:
        process.terminate()
        process.wait(10)


def _wait_for(address: str, process) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            pytest.fail(f"the server stopped with exit code {process.returncode}")
        try:
            with urllib.request.urlopen(address, timeout=2):  # noqa: S310 - the address is our own server's
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail("the server did not answer in time")


@pytest.fixture(scope="session")
def news_lists(django_db_setup, django_db_blocker) -> dict[str, int]:
    """The id of the news list of each language."""
    from news.models import NewsIndexPage

    with django_db_blocker.unblock():
        return dict(NewsIndexPage.objects.values_list("locale__language_code", "pk"))


@pytest.fixture(scope="session")
def browser(server):
    # Playwright's event loop runs in this thread; Django takes it for asynchronous code in the tests that follow.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        browser.close()
        # Beside a running event loop Django keeps connections of its own; an open one would hold the test database.
        connections.close_all()


@pytest.fixture
def open_context(browser):
    """A function that opens a browser context (its options are Playwright's), closed when the test ends."""
    contexts = []

    def open_one(**options):
        context = browser.new_context(**options)
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        return context

    yield open_one
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def desks() -> dict:
    """What each role's person keeps from one test to the next: the authenticator app, and the browser's cookies."""
    return {}


@pytest.fixture
def sign_in(open_context, server, passwords, desks):
    """A function that signs a role's account in and returns its browser page, at the admin's front page.

    The first time it goes through the form and enrols an authenticator app; later ones find the session of before.
    """

    def as_role(role: str):
        desk = desks.setdefault(role, {})
        context = open_context(viewport={"width": 1400, "height": 1000}, storage_state=desk.get("cookies"))
        page = context.new_page()
        page.goto(server + ADMIN)
        if page.url != server + ADMIN:
            _go_through_the_forms(page, server, role, passwords[role], desk)
        desk["cookies"] = context.storage_state()
        return page

    return as_role


def _go_through_the_forms(page, server, username: str, password: str, desk: dict) -> None:
    page.fill("input[name=login]", username)
    page.fill("input[name=password]", password)
    page.click("button[type=submit]")
    if "secret" in desk:
        page.fill("input[name=code]", code_of(desk["secret"]))
        page.click("form:has(input[name=code]) button[type=submit]")
    else:
        desk["secret"] = enrol_app(page)
        page.goto(server + ADMIN)
    page.wait_for_url(server + ADMIN)


def enrol_app(page) -> str:
    """Set up an authenticator app from the page where one is led to, and return the key that was shown."""
    page.click("a[href$='second-factor/app/']")
    secret = page.inner_text(".account__secret")
    page.fill("input[name=code]", code_of(secret))
    page.click("form:has(input[name=code]) button[type=submit]")
    expect(page.locator(".account__codes")).to_be_visible()
    return secret


@pytest.fixture
def visit(open_context, server):
    """A function that opens a page of the portal and fails on anything the browser complains of."""

    def open_page(path: str, width: int = 1280, status: int = 200, **options):
        page = open_context(viewport={"width": width, "height": 900}, **options).new_page()
        complaints = []
        page.on("console", lambda message: complaints.append(message.text) if message.type in {"error", "warning"} else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "request", lambda request: None if request.url.startswith((server, "data:")) else complaints.append(request.url)
        )
        response = page.goto(server + path)
        assert response.status == status, path
        # A browser tells of the status itself where it is an error.
        assert [text for text in complaints if not (status >= 400 and f"status of {status}" in text)] == [], path
        return page

    return open_page
