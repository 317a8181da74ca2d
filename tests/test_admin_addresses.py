"""Every address of the admin is known, opens to whom tests/admin_addresses.csv says, and never fails."""

import csv
from http.cookies import SimpleCookie
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import transaction
from django.urls import reverse
from wagtail.models import Page

from tests.matrix.addresses import Things, names
from tests.matrix.scene import PEOPLE, Scene
from tests.signing_in import client_of

TABLE = Path(__file__).parent / "admin_addresses.csv"
METHODS = ("get", "post")


def key_of(name: str, arguments: tuple[str, ...]) -> str:
    return " ".join([name, *arguments])


def expected() -> dict[tuple[str, str], set[str]]:
    """Return by address and method the people whom it answers with 200."""
    with TABLE.open(encoding="utf-8", newline="") as lines:
        return {
            (line["address"], method): set(PEOPLE) if line[method] == "all" else set(line[method].split())
            for line in csv.DictReader(lines)
            for method in METHODS
        }


def test_every_address_of_the_admin_is_in_the_table():
    assert sorted(key_of(*found) for found in names()) == sorted({address for address, _method in expected()})


# Wagtail leaves the temporary files of renditions to the garbage collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("method", METHODS)
def test_each_address_opens_to_those_in_the_table_and_never_fails(portal, capsys, method):
    """An empty POST opens nothing that GET keeps shut: it answers 200 where a form is shown with its faults."""
    scene, table = Scene(), expected()
    things, requests, opened, wrong = Things(scene), 0, 0, []
    for client in scene.clients.values():
        client.raise_request_exception = False
    for name, arguments in names():
        address, key = things.address(name, arguments), key_of(name, arguments)
        opens = set()
        for person in PEOPLE:
            cache.clear()
            client = scene.clients[person]
            savepoint, cookies = transaction.savepoint(), SimpleCookie(client.cookies)
            status = getattr(client, method)(address).status_code
            transaction.savepoint_rollback(savepoint)
            client.cookies = cookies  # one of the addresses signs out
            requests += 1
            if status >= 500:
                wrong.append(f"{key}: {person} gets {status}")
            elif status == 200:
                opens.add(person)
        opened += len(opens)
        if opens != table.get((key, method)):
            wrong.append(f"{key} opens to: {' '.join(person for person in PEOPLE if person in opens)}")

    with capsys.disabled():
        print(f"\nadmin addresses, {method}: {requests} requests, {opened} opened, {requests - opened} refused or elsewhere")
    assert wrong == []


def test_a_form_without_its_fields_changes_nothing(portal, contexts, staff):
    page, client = Page.objects.get(url_path="/zh/news/yanshan-university-accredited/"), client_of(staff("chief-editor"))

    assert client.post(reverse("wagtailadmin_pages:copy", args=(page.pk,))).status_code == 400
    assert client.post(reverse("wagtailadmin_pages:copy", args=(page.pk,)), {"new_parent_page": ""}).status_code == 400
    assert client.post(reverse("wagtailadmin_pages:edit", args=(page.pk,))).context["form"].errors
