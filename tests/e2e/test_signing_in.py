"""Signing in as a newcomer does: password, authenticator app, passkey, the list of one's sessions."""

import os
import re
import subprocess
import sys

import pytest
from django.conf import settings
from playwright.sync_api import expect

from tests.authenticators import code_of
from tests.e2e.conftest import ADMIN, enrol_app

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

PASSWORD = "amber lantern quietly 47 rivers"
CREATION = """
from django.contrib.auth.models import Group
from accounts.models import User
from accounts.roles import WRITER
user = User.objects.create_user({username!r}, "newcomer@example.org", {password!r})
user.groups.add(Group.objects.get(name=WRITER.name))
user.set_preferred_language("en")
"""


@pytest.fixture
def newcomer(database_copy, request):
    """The name of a writer who has never signed in; the password is PASSWORD."""
    username = request.node.name[-40:]
    command = [sys.executable, "manage.py", "shell", "-c", CREATION.format(username=username, password=PASSWORD)]
    environment = os.environ | {"DATABASE_URL": database_copy, "DJANGO_SETTINGS_MODULE": "portal.settings.test"}
    subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, check=True)
    return username


@pytest.fixture
def page(open_context):
    """A page that fails the test on any script error or breach of the content security policy."""
    page = open_context(viewport={"width": 1280, "height": 900}, locale="en-GB").new_page()
    complaints = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    yield page
    assert not [complaint for complaint in complaints if "Failed to load resource" not in complaint]


def enter_password(page, server, username) -> None:
    page.goto(f"{server}{ADMIN}login/")
    page.fill("input[name=login]", username)
    page.fill("input[name=password]", PASSWORD)
    page.click("button[type=submit]")


def sign_out(page, server) -> None:
    page.goto(f"{server}{ADMIN}account/sessions/")
    page.click("form[action$='/logout/'] button")
    expect(page).to_have_url(re.compile("/login/$"))


def test_a_newcomer_enrols_an_app_and_signs_in_with_it_again(page, server, newcomer):
    enter_password(page, server, newcomer)
    expect(page).to_have_url(f"{server}{ADMIN}account/second-factor/")
    assert page.goto(server + ADMIN).url.endswith("/second-factor/")
    secret = enrol_app(page)
    expect(page.locator(".account__codes li")).to_have_count(10)
    page.click("a.button")
    page.wait_for_url(server + ADMIN)

    sign_out(page, server)
    page.goto(server + ADMIN)
    expect(page).to_have_url(re.compile("/login/"))
    enter_password(page, server, newcomer)
    page.fill("input[name=code]", code_of(secret))
    page.click("form:has(input[name=code]) button[type=submit]")
    page.wait_for_url(server + ADMIN)


def test_a_passkey_is_added_and_signs_in_without_a_code(page, server, newcomer):
    server = server.replace("127.0.0.1", "localhost")  # no passkey belongs to an address in figures
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    enter_password(page, server, newcomer)
    page.click("a[href$='passkeys/add/']")
    page.fill("input[name=name]", "Laptop")
    page.click("[data-passkey-button]")
    expect(page.locator(".account__codes")).to_be_visible()

    sign_out(page, server)
    enter_password(page, server, newcomer)
    expect(page).to_have_url(re.compile("/second-factor/authenticate/$"))
    page.click("[data-passkey-button]")
    page.wait_for_url(server + ADMIN)

    page.goto(f"{server}{ADMIN}account/second-factor/passkeys/")
    expect(page.locator("main")).to_contain_text("Laptop")


def test_the_own_pages_are_reached_from_the_admin(sign_in, server):
    page = sign_in("reviewer")
    page.goto(f"{server}{ADMIN}account/#tab-actions")
    addresses = page.locator("#tab-actions a").evaluate_all("links => links.map(link => link.getAttribute('href'))")

    assert addresses == [f"{ADMIN}account/{route}/" for route in ("second-factor", "sessions", "password")]
