"""What is private is stored nowhere: the admin, previews, private pages and documents, everything with a session."""

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from wagtail.documents.models import Document
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from news.models import NewsPage
from tests.signing_in import client_of
from tests.test_delivery import PAGES, SERVICES

pytestmark = pytest.mark.usefixtures("portal")

ADMIN = f"/{settings.ADMIN_PATH}"


def is_stored_nowhere(response) -> bool:
    stored = {"Expires", "ETag", "Last-Modified"} & set(response.headers)
    return "no-store" in response.headers.get("Cache-Control", "") and not stored


@pytest.fixture
def item():
    return NewsPage.objects.get(slug="home-forum-2023", locale__language_code="zh-hans")


@pytest.mark.parametrize("route", ["", "login/", "nothing/", "pages/1/", "logout/", "jsi18n/", "sprite/", "account/"])
def test_a_stranger_at_the_admin_gets_nothing_that_is_stored(route):
    assert is_stored_nowhere(Client().get(ADMIN + route))


def test_the_admin_is_stored_nowhere(admin_client, item):
    routes = ("", "pages/", f"pages/{item.pk}/edit/", f"pages/{item.pk}/view_draft/", f"pages/{item.pk}/history/", "images/")
    for route in (*routes, "documents/", "reports/site-history/", "users/", "account/", "nothing/", "sprite/"):
        response = admin_client.get(ADMIN + route)
        assert is_stored_nowhere(response), route
        assert response.status_code in (200, 404), route


def test_a_private_page_is_stored_nowhere(client, staff, item):
    PageViewRestriction.objects.create(page=item, restriction_type=PageViewRestriction.LOGIN)
    refused = client.get(item.url)
    assert refused.status_code == 302
    assert is_stored_nowhere(refused)
    assert is_stored_nowhere(client.get(refused.headers["Location"]))
    shown = client_of(staff("writer")).get(item.url)
    assert shown.status_code == 200
    assert is_stored_nowhere(shown)


def test_a_private_document_is_stored_nowhere(client, staff):
    collection = Collection.get_first_root_node().add_child(name="Private")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type=CollectionViewRestriction.LOGIN)
    document = Document.objects.create(title="文件", file=ContentFile(b"text", "a.txt"), collection=collection)
    path = reverse("wagtaildocs_serve", args=(document.pk, document.filename))
    refused = client.get(path)
    assert refused.status_code in (302, 404)
    assert is_stored_nowhere(refused)
    shown = client_of(staff("writer")).get(path)
    assert b"".join(shown) == b"text"
    shown.close()
    assert is_stored_nowhere(shown)


@pytest.mark.parametrize("path", [*PAGES, *SERVICES])
def test_public_answers_may_be_stored(client, path):
    assert "no-store" not in client.get(path).headers.get("Cache-Control", "") or path in ("/healthz", "/readyz")
