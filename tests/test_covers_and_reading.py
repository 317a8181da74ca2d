"""Items without a picture get a drawn cover; articles say how long they take to read."""

import re

import lxml.html
import pytest

from core.covers import HEIGHT, PATTERNS, WIDTH, cover_for
from core.languages import CHINESE, ENGLISH
from core.reading import CHARACTERS_PER_MINUTE, WORDS_PER_MINUTE, reading_minutes
from news.models import NewsPage


def _body(*paragraphs: str):
    page = NewsPage(title="…")
    page.body = [("paragraph", text) for text in paragraphs]
    return page.body


def _covers(response) -> list:
    return lxml.html.fromstring(response.content.decode()).xpath("//svg[contains(@class, 'cover ')]")


def test_the_same_item_has_the_same_cover_each_time():
    assert cover_for("燕山大学获批", "base") == cover_for("燕山大学获批", "base")


def test_title_and_topic_both_shape_the_cover():
    cover = cover_for("燕山大学获批", "base")

    assert cover.shapes != cover_for("宁波获批", "base").shapes
    assert cover.shapes != cover_for("燕山大学获批", "event").shapes
    assert cover.hue == "base"


def test_an_item_without_a_topic_wears_the_portals_own_hue():
    assert cover_for("燕山大学获批").hue == "portal"


@pytest.mark.parametrize("title", ["", "海", "A" * 500, "<script>", "🎉"])
def test_every_title_gives_a_drawable_cover(title):
    cover = cover_for(title)

    assert cover.pattern in PATTERNS
    assert cover.shapes
    assert all(0 <= shape.x <= WIDTH and 0 <= shape.y <= HEIGHT and 1 <= shape.tone <= 3 for shape in cover.shapes)


def test_news_without_pictures_shows_drawn_covers_and_no_image(portal, client):
    response = client.get("/zh/news/")
    tree = lxml.html.fromstring(response.content.decode())

    assert len(_covers(response)) == len(tree.xpath("//*[@class='news-card']"))
    assert tree.xpath("//main//img") == []


def test_a_list_and_its_article_show_the_same_cover(portal, client):
    listed = client.get("/zh/news/").content.decode()
    item = lxml.html.fromstring(listed).xpath("//li[contains(@class, 'news-list__item')]")[0]
    (in_list,) = item.xpath(".//svg")

    (in_article,) = _covers(client.get(item.xpath(".//h2/a/@href")[0]))

    assert lxml.html.tostring(in_list).strip() == lxml.html.tostring(in_article).strip()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("characters", "minutes"),
    [(0, 1), (1, 1), (CHARACTERS_PER_MINUTE, 1), (CHARACTERS_PER_MINUTE + 1, 2), (10 * CHARACTERS_PER_MINUTE, 10)],
)
def test_chinese_is_counted_in_characters(characters, minutes):
    assert reading_minutes(_body("<p>" + "海" * characters + "</p>"), CHINESE) == minutes


@pytest.mark.django_db
@pytest.mark.parametrize(("words", "minutes"), [(0, 1), (WORDS_PER_MINUTE, 1), (WORDS_PER_MINUTE + 1, 2)])
def test_english_is_counted_in_words(words, minutes):
    assert reading_minutes(_body("<p>" + "word " * words + "</p>"), ENGLISH) == minutes


@pytest.mark.django_db
def test_markup_is_not_read():
    links = '<p><a href="https://example.org/a/b/c" title="x y z">海</a></p>' * CHARACTERS_PER_MINUTE

    assert reading_minutes(_body(links), CHINESE) == 1


def test_an_article_tells_its_reading_time_in_its_own_language(portal, client):
    chinese = client.get("/zh/news/yanshan-university-accredited/").content.decode()

    assert re.search(r"\d minutes? to read", client.get("/en/news/yanshan-university-accredited/").content.decode())
    assert re.search(r"\d ?分钟", chinese)
