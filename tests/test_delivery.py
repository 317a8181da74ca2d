"""What machines ask of the portal: health, robots, the sitemap, and the methods that pages answer."""

from datetime import datetime, timedelta
from urllib.robotparser import RobotFileParser

import pytest
from django.conf import settings
from django.utils import timezone
from lxml import etree
from wagtail.models import Locale, PageViewRestriction

from bases.models import Base
from core.languages import CHINESE, ENGLISH
from news.models import NewsPage, Topic
from tests.addresses import read

pytestmark = pytest.mark.usefixtures("portal")

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"
CHINESE_ONLY = "jiujiang-working-base-unveiled"
PAGES = (
    *("/zh/", "/en/", "/zh/news/", "/en/news/2023/", "/zh/news/topics/base/", "/en/news/yanshan-university-accredited/"),
    *("/zh/bases/", "/en/bases/yanshan-university/", "/zh/programme/", "/en/programme/kinds-of-base/", "/zh/site-map/"),
    *(f"/en/news/{CHINESE_ONLY}/", "/zh/bases/data/csv/", "/en/bases/data/json/", "/zh/news/feed/", "/en/news/feed/atom/"),
)
SERVICES = ("/healthz", "/readyz", "/robots.txt", "/sitemap.xml", "/")


def sitemap(client) -> dict[str, dict[str, str]]:
    """Return each location of the sitemap with its alternates by hreflang."""
    entries = [entry for part in sitemap_parts(client) for entry in xml(client, part, "urlset")]
    locations = [entry.findtext(SITEMAP + "loc") for entry in entries]
    assert len(locations) == len(set(locations))
    return {
        entry.findtext(SITEMAP + "loc"): {link.get("hreflang"): link.get("href") for link in entry.findall(XHTML + "link")}
        for entry in entries
    }


def sitemap_parts(client) -> list[str]:
    """Return the paths of the sitemap's parts."""
    locations = [entry.findtext(SITEMAP + "loc") for entry in xml(client, "/sitemap.xml", "sitemapindex")]
    assert all(location.startswith(settings.BASE_URL) for location in locations)
    return [location.removeprefix(settings.BASE_URL) for location in locations]


def xml(client, path: str, tag: str):
    """Return the root of the XML at `path`, an element `tag` of the sitemaps' namespace."""
    response = client.get(path)
    assert (response.status_code, response.headers["Content-Type"]) == (200, "application/xml")
    root = etree.fromstring(response.content)
    assert root.tag == SITEMAP + tag
    return root


def address(path: str) -> str:
    return settings.BASE_URL + path


def test_the_portal_says_that_it_is_alive_and_ready(client):
    for path in ("/healthz", "/readyz"):
        response = client.get(path)
        assert (response.status_code, response.content, response.headers["Cache-Control"]) == (200, b"ok", "no-store")


def test_to_be_alive_needs_no_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get("/healthz").status_code == 200


def test_no_answer_to_a_machine_varies_or_sets_a_cookie(client):
    for path in SERVICES[:-1]:
        response = client.get(path)
        assert not response.cookies, path
        assert "Vary" not in response.headers, path


def test_robots_may_read_the_pages_and_are_told_nothing_of_the_admin(client):
    response = client.get("/robots.txt")
    rules = RobotFileParser()
    rules.parse(response.content.decode().splitlines())
    assert response.headers["Content-Type"].startswith("text/plain")
    assert rules.can_fetch("*", address("/zh/news/"))
    assert rules.can_fetch("*", address("/en/bases/data/csv/"))
    assert rules.can_fetch("*", address("/static/css/base.css"))
    assert settings.ADMIN_PATH.strip("/") not in response.content.decode()
    assert rules.site_maps() == [address("/sitemap.xml")]


def test_the_sitemap_holds_every_kind_of_page_in_both_languages(client):
    found = sitemap(client)
    for prefix in ("zh", "en"):
        for route in ("", "news/", "news/2023/", "news/2023/03/", "news/topics/base/", "news/yanshan-university-accredited/"):
            assert address(f"/{prefix}/{route}") in found
        for route in ("bases/", "bases/yanshan-university/", "programme/", "programme/milestones/", "about/", "site-map/"):
            assert address(f"/{prefix}/{route}") in found
    assert all(location.startswith((address("/zh/"), address("/en/"))) for location in found)


def test_a_sitemap_in_many_parts_holds_the_same_and_names_no_empty_one(client, monkeypatch):
    whole = sitemap(client)
    assert len(sitemap_parts(client)) == 1
    monkeypatch.setattr("delivery.sitemap.STRETCH", 7)

    assert len(sitemap_parts(client)) > 10
    assert sitemap(client) == whole
    for part in (0, 5000, 10**20):
        assert client.get(f"/sitemap-{part}.xml").status_code == 404


def test_the_sitemap_takes_its_addresses_from_the_settings(client):
    assert client.get("/sitemap.xml", headers={"host": "localhost"}).content == client.get("/sitemap.xml").content


def test_every_alternate_in_the_sitemap_is_reciprocal(client):
    found = sitemap(client)
    for location, alternates in found.items():
        assert location in alternates.values(), location
        assert alternates["x-default"] == alternates.get(CHINESE.tag, alternates.get(ENGLISH.tag)), location
        assert all(found[other] == alternates for other in alternates.values()), location


def test_an_item_in_one_language_stands_alone_in_the_sitemap(client):
    found = sitemap(client)
    own = address(f"/zh/news/{CHINESE_ONLY}/")
    assert found[own] == {CHINESE.tag: own, "x-default": own}
    assert address(f"/en/news/{CHINESE_ONLY}/") not in found


def test_a_topic_without_english_items_stands_alone_in_the_sitemap_and_in_its_head(client):
    topic = Topic(slug="new-topic", name_zh_hans="新话题", name_en="New topic")
    topic.publish_saved()
    item = NewsPage.objects.get(slug=CHINESE_ONLY)
    item.topics.add(topic)
    item.save()
    own = address("/zh/news/topics/new-topic/")
    alone = {CHINESE.tag: own, "x-default": own}
    assert sitemap(client)[own] == alone
    assert address("/en/news/topics/new-topic/") not in sitemap(client)
    assert read("/zh/news/topics/new-topic/", CHINESE, {}).alternates == alone
    assert read("/en/news/topics/new-topic/", ENGLISH, {}).alternates == {}


def test_what_readers_may_not_see_is_not_in_the_sitemap(client):
    base, item = Base.objects.get(slug="yanshan-university"), NewsPage.objects.get(slug=CHINESE_ONLY)
    item.copy_for_translation(Locale.objects.get(language_code="en"))
    item.unpublish()
    base.unpublish()
    Topic.objects.get(slug="base").unpublish()
    private = NewsPage.objects.get(slug="yanshan-university-accredited", locale__language_code="zh-hans")
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    found = sitemap(client)
    hidden = (f"news/{CHINESE_ONLY}/", f"bases/{base.slug}/", "news/topics/base/")
    assert not [
        address(f"/{prefix}/{route}") for prefix in ("zh", "en") for route in hidden if address(f"/{prefix}/{route}") in found
    ]
    english = address(f"/en/news/{private.slug}/")
    assert address(f"/zh/news/{private.slug}/") not in found
    assert found[english] == {ENGLISH.tag: english, "x-default": english}


@pytest.mark.parametrize("path", [*PAGES, *SERVICES])
def test_head_is_answered_like_get_without_the_body(client, path):
    head, get = client.head(path), client.get(path)
    assert (head.status_code, head.content) == (get.status_code, b"")
    assert head.headers["Content-Type"] == get.headers["Content-Type"]


@pytest.mark.parametrize("path", [*PAGES, *SERVICES, "/zh-hans/"])
def test_pages_are_read_and_nothing_else(client, path):
    for method in ("POST", "PUT", "PATCH", "DELETE", "PROPFIND", "FOO"):
        response = client.generic(method, path)
        assert response.status_code == 405, method
        assert {"GET", "HEAD"} <= set(response.headers["Allow"].split(", ")), method


def test_the_contact_for_security_faults_stands_at_its_known_address(client, settings):
    settings.SECURITY_CONTACT = "mailto:security@example.org"

    response = client.get("/.well-known/security.txt")
    fields = dict(line.split(": ", 1) for line in response.content.decode().splitlines())

    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert fields["Contact"] == "mailto:security@example.org"
    assert fields["Canonical"] == address("/.well-known/security.txt")
    assert fields["Preferred-Languages"] == "zh, en"
    expires = datetime.fromisoformat(fields["Expires"])
    assert timedelta(days=90) < expires - timezone.now() < timedelta(days=365)


def test_without_a_contact_there_is_no_security_file(client, settings):
    settings.SECURITY_CONTACT = ""

    assert client.get("/.well-known/security.txt").status_code == 404
