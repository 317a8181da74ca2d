"""What machines read keeps the rules of its format: the sitemap, the feeds, and what search engines ask of a page."""

import datetime
import json
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from lxml import etree, html

from tests.page_types import LANGUAGES, ROUTES

pytestmark = pytest.mark.usefixtures("portal")

SITEMAP = Path(__file__).parent / "schemas" / "sitemap.rng"
PART = "/sitemap-1.xml"  # of the starter content's only part
ATOM = "{http://www.w3.org/2005/Atom}"
MOST_ADDRESSES, MOST_BYTES = 50_000, 50 * 1024 * 1024  # of one sitemap

#: What https://developers.google.com/search/docs/appearance/structured-data asks or advises of each type.
FIELDS = {
    "Organization": {"name", "url"},
    "WebSite": {"name", "url", "potentialAction"},
    "BreadcrumbList": {"itemListElement"},
    "NewsArticle": {"headline", "image", "datePublished", "dateModified", "author", "publisher"},
    "Dataset": {"name", "description", "creator", "distribution", "url"},
}


def _graph(client, path: str) -> list[dict]:
    scripts = html.fromstring(client.get(path).content.decode()).xpath("//script[@type='application/ld+json']/text()")
    return [node for text in scripts for node in json.loads(text)["@graph"]]


def test_the_sitemap_passes_its_schema(client):
    schema = etree.RelaxNG(etree.parse(SITEMAP))
    for path in ("/sitemap.xml", PART):
        content = client.get(path).content
        tree = etree.fromstring(content)

        assert schema.validate(tree), schema.error_log
        assert len(tree) <= MOST_ADDRESSES
        assert len(content) <= MOST_BYTES


def test_the_schema_refuses_what_the_protocol_does_not_know(client):
    schema, content = etree.RelaxNG(etree.parse(SITEMAP)), client.get(PART).content
    for right, wrong in ((b"loc>", b"place>"), (b"<lastmod>", b"<lastmod>yesterday "), (b'rel="alternate"', b'rel="other"')):
        assert right in content
        assert not schema.validate(etree.fromstring(content.replace(right, wrong)))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ROUTES)
def test_structured_data_holds_what_search_engines_ask(client, language, kind):
    for node in _graph(client, f"/{language}/{ROUTES[kind]}"):
        missing = {field for field in FIELDS.get(node["@type"], ()) if not node.get(field)}
        assert not missing, node["@type"]


def test_every_type_of_structured_data_is_there(client):
    found = {node["@type"] for route in ROUTES.values() for node in _graph(client, f"/zh/{route}")}
    assert set(FIELDS) <= found


def test_the_description_of_the_data_has_the_length_that_is_asked(client):
    for language in LANGUAGES:
        (dataset,) = [node for node in _graph(client, f"/{language}/bases/") if node["@type"] == "Dataset"]
        assert 50 <= len(dataset["description"]) <= 5000


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_rss_feed_keeps_the_rules_of_rss(client, language):
    channel = etree.fromstring(client.get(f"/{language}/news/feed/").content).find("channel")
    for name in ("title", "link", "description", "language", "lastBuildDate"):
        assert channel.findtext(name), name
    assert channel.find(f"{ATOM}link[@rel='self']") is not None
    parsedate_to_datetime(channel.findtext("lastBuildDate"))
    items = channel.findall("item")
    assert items
    for item in items:
        assert item.findtext("title")
        assert urlsplit(item.findtext("link")).scheme in {"http", "https"}
        assert item.findtext("guid")
        assert item.find("guid").get("isPermaLink") in {"true", "false"}
        assert parsedate_to_datetime(item.findtext("pubDate")).tzinfo
    guids = [item.findtext("guid") for item in items]
    assert len(guids) == len(set(guids))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_atom_feed_keeps_the_rules_of_atom(client, language):
    feed = etree.fromstring(client.get(f"/{language}/news/feed/atom/").content)
    for element in (feed, *feed.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert element.findtext(ATOM + name), name
        assert datetime.datetime.fromisoformat(element.findtext(f"{ATOM}updated")).tzinfo
        assert urlsplit(element.findtext(f"{ATOM}id")).scheme
    assert feed.find(f"{ATOM}link[@rel='self']") is not None
    # RFC 4287, 4.1.1: the feed has an author, or each of its entries has.
    if feed.find(f"{ATOM}author") is None:
        assert all(entry.find(f"{ATOM}author") is not None for entry in feed.findall(f"{ATOM}entry"))
