"""How much a reader's first view of each kind of page takes: the budgets that the design sets itself."""

import gzip

import pytest
from django.contrib.staticfiles import finders
from lxml import html

from tests.page_types import LANGUAGES, ROUTES

pytestmark = pytest.mark.usefixtures("portal")

PAGE_BYTES = 40 * 1024  # HTML, CSS and JavaScript, compressed
SCRIPT_BYTES = 12 * 1024
REQUESTS = 20  # the page, its sheets and scripts, its icon; pictures are editors' own


def _compressed(content: bytes) -> int:
    return len(gzip.compress(content, 6))


def _static(address: str) -> bytes:
    with open(finders.find(address.removeprefix("/static/")), "rb") as file:
        return file.read()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ROUTES)
def test_the_first_view_keeps_its_budgets(client, language, kind):
    content = client.get(f"/{language}/{ROUTES[kind]}").content
    head = html.fromstring(content.decode())
    sheets, scripts = head.xpath("//link[@rel='stylesheet']/@href"), head.xpath("//script/@src")
    script_bytes = sum(_compressed(_static(address)) for address in scripts)
    total = _compressed(content) + script_bytes + sum(_compressed(_static(address)) for address in sheets)
    assert sheets
    assert total < PAGE_BYTES
    assert script_bytes < SCRIPT_BYTES
    assert 1 + len(set(sheets)) + len(set(scripts)) < REQUESTS


@pytest.mark.parametrize("kind", ROUTES)
def test_a_drawn_cover_stays_small(client, kind):
    covers = html.fromstring(client.get(f"/zh/{ROUTES[kind]}").content.decode()).xpath("//svg[contains(@class, 'cover')]")
    assert all(len(html.tostring(cover)) <= 2 * 1024 for cover in covers)
