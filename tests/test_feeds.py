"""RSS and Atom for all news, a year, a month and a topic, in both languages, as a reader's programme sees them."""

import calendar
import datetime
import uuid
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import feedparser
import lxml.html
import pytest
from wagtail.models import Locale

from news.feeds import ITEMS
from news.models import NewsIndexPage, NewsPage

SELECTIONS = ("", "2023/", "2023/03/", "topics/base/")
FORMATS = {"": ("rss20", "application/rss+xml"), "atom/": ("atom10", "application/atom+xml")}
OTHER_HOST = "localhost"
ALL = [(prefix, selection, form) for prefix in ("zh", "en") for selection in SELECTIONS for form in FORMATS]


def _feed(client, prefix: str, selection: str = "", form: str = "", **headers):
    response = client.get(f"/{prefix}/news/{selection}feed/{form}", **headers)
    assert response.status_code == 200
    return feedparser.parse(response.content, response_headers={"content-type": response["Content-Type"]})


@pytest.mark.parametrize(("prefix", "selection", "form"), ALL)
def test_every_list_has_well_formed_feeds_in_its_language(portal, client, prefix, selection, form):
    feed = _feed(client, prefix, selection, form)

    assert not feed.bozo
    assert (feed.version, feed.headers["content-type"].split(";")[0]) == FORMATS[form]
    assert feed.feed.language.lower() == {"zh": "zh-hans", "en": "en"}[prefix]
    assert feed.feed.title
    assert feed.entries


@pytest.mark.parametrize(("prefix", "selection", "form"), ALL)
def test_a_feed_holds_the_newest_items_of_its_list(portal, client, prefix, selection, form):
    page = lxml.html.fromstring(client.get(f"/{prefix}/news/{selection}").content.decode())
    listed = page.xpath("//article[@class='news-card']//a/text()")

    titles = [entry.title for entry in _feed(client, prefix, selection, form).entries]

    assert titles[: len(listed)] == listed[: len(titles)]
    assert len(titles) <= ITEMS


@pytest.mark.parametrize(("prefix", "selection", "form"), ALL)
def test_every_link_has_the_public_address_whatever_host_was_asked(portal, client, settings, prefix, selection, form):
    settings.BASE_URL = "https://home.example.cn"

    feed = _feed(client, prefix, selection, form, HTTP_HOST=OTHER_HOST)

    links = [link.href for link in feed.feed.links] + [link.href for entry in feed.entries for link in entry.links]
    assert f"https://home.example.cn/{prefix}/news/{selection}" in links
    assert f"https://home.example.cn/{prefix}/news/{selection}feed/{form}" in links
    for link in links:
        assert link.startswith(f"https://home.example.cn/{prefix}/news/"), link


def test_the_links_of_a_feed_lead_to_its_items(portal, client):
    for entry in _feed(client, "en").entries:
        page = lxml.html.fromstring(client.get(urlsplit(entry.link).path).content.decode())

        assert page.xpath("//h1")[0].text_content() == entry.title


def test_ids_are_unique_over_both_languages_and_the_same_in_both_formats(portal, client):
    together = []
    for prefix in ("zh", "en"):
        rss, atom = ([entry.id for entry in _feed(client, prefix, "", form).entries] for form in FORMATS)
        assert rss == atom
        together += rss

    assert len(set(together)) == len(together)
    assert all(uuid.UUID(identifier).urn == identifier for identifier in together)


def test_an_item_keeps_its_id_when_it_is_changed_renamed_or_published_again(portal, client):
    page = NewsPage.objects.get(url_path="/en/news/yanshan-university-accredited/")
    before = next(entry.id for entry in _feed(client, "en").entries if entry.title == page.title)

    page.unpublish()
    page.title, page.slug, page.date = "Another title", "another-slug", "2024-12-31"
    page.save_revision().publish()

    assert [entry.id for entry in _feed(client, "en").entries if entry.title == "Another title"] == [before]


def test_an_item_carries_its_summary_date_and_topics(portal, client):
    page = NewsPage.objects.get(url_path="/zh/news/yanshan-university-accredited/")

    for form in FORMATS:
        entry = next(entry for entry in _feed(client, "zh", "2023/03/", form).entries if entry.title == page.title)

        assert entry.summary == page.summary
        assert [tag.term for tag in entry.tags] == ["基地"]
        published = datetime.datetime.fromtimestamp(calendar.timegm(entry.published_parsed), ZoneInfo("Asia/Shanghai"))
        assert published.date() == datetime.date(2023, 3, 6)


def test_drafts_are_in_no_feed(portal, client):
    locale = Locale.objects.get(language_code="zh-hans")
    index = NewsIndexPage.objects.get(locale=locale)
    index.add_child(instance=NewsPage(title="还是草稿", slug="cao-gao", locale=locale, live=False))

    assert "还是草稿" not in client.get("/zh/news/feed/").content.decode()


def test_markup_in_a_title_does_not_break_a_feed(portal, client):
    NewsPage.objects.filter(url_path="/en/news/yanshan-university-accredited/").update(title="R&D <b>in</b> “Hebei”")

    for form in FORMATS:
        feed = _feed(client, "en", "2023/03/", form)

        assert not feed.bozo
        assert "R&D" in " ".join(entry.title for entry in feed.entries)


def test_the_head_of_a_list_names_its_own_feeds(portal, client):
    for selection in SELECTIONS:
        page = lxml.html.fromstring(client.get(f"/en/news/{selection}").content.decode())
        found = {link.get("type"): link.get("href") for link in page.xpath("//link[@rel='alternate' and @type]")}

        assert found == {
            "application/rss+xml": f"/en/news/{selection}feed/",
            "application/atom+xml": f"/en/news/{selection}feed/atom/",
        }
        for path in found.values():
            assert client.get(path).status_code == 200


def test_feeds_of_what_does_not_exist_are_no_page(portal, client):
    for selection in ("2023/13/", "1066/", "topics/unknown/"):
        for form in FORMATS:
            assert client.get(f"/zh/news/{selection}feed/{form}").status_code == 404
