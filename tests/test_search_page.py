"""The page of results: what is found, how it is grouped, filtered, sorted and shown."""

import json

import lxml.html
import pytest
from django.core.management import call_command
from django.db import connection

from core.findable import Kind
from search import lookup
from search.expressions import Phrase
from search.highlights import snippet
from search.models import Entry
from search.understanding import understand
from search.vocabulary import vocabulary
from tests.factories import make_base

pytestmark = pytest.mark.usefixtures("portal")

CHINESE, ENGLISH = "/zh/search/", "/en/search/"
BASE, ARTICLE = "/zh/bases/yanshan-university/", "/zh/news/yanshan-university-accredited/"


def ask(client, query: str, address: str = CHINESE, **parameters):
    """Return the page of results as a document."""
    response = client.get(address, {"q": query} | parameters)
    assert response.status_code == 200
    return lxml.html.fromstring(response.content.decode())


def paths(page) -> list[str]:
    return page.xpath("//article[contains(@class, 'hit')]//a/@href")


def counts(page) -> dict[str, int]:
    """Return the tabs: their labels with their counts."""
    tabs = page.xpath("//nav[contains(@class, 'search-kinds')]//li/a")
    return {tab.text.strip(): int(tab.xpath("string(span)")) for tab in tabs}


def number(page) -> int:
    return int(page.xpath("string(//p[@class='search-status__count']/strong)"))


@pytest.mark.parametrize(
    "query",
    [
        "燕山大学",
        "燕山大學",
        "燕山 大学",
        "燕山大学海智基地",
        "河北省首家高校",
        "Yanshan University",
        "ｙａｎｓｈａｎ university",
        "yanshan daxue",
        "yanshandaxue",
        "yànshān dàxué",
        "yan4shan1 da4xue2",
        "ysdx",
        "Yanshen University",
        "Yanshan Univercity",
    ],
)
def test_a_base_is_found_by_whatever_its_name_is_typed_as(client, query):
    assert BASE in paths(ask(client, query))


@pytest.mark.parametrize("query", ["燕山大学", "Yanshan University", "yanshandaxue", "ysdx"])
def test_the_base_stands_before_what_mentions_it(client, query):
    found = paths(ask(client, query))

    assert found[0] == BASE
    assert ARTICLE in found


@pytest.mark.parametrize(
    ("query", "address"),
    [("离岸基地", ENGLISH), ("離岸基地", ENGLISH), ("offshore base", CHINESE), ("offshore bases", CHINESE)],
)
def test_terms_lead_from_one_language_to_the_other(client, query, address):
    own = {CHINESE: "offshore base", ENGLISH: "离岸基地"}[address]

    assert number(ask(client, query, address)) == number(ask(client, own, address)) > 10


def test_hits_are_grouped_by_kind_with_counts_that_hold(client):
    page = ask(client, "海智")

    tabs = counts(page)
    assert list(tabs) == ["全部", "基地", "新闻", "计划介绍", "其他页面"]
    assert tabs["全部"] == number(page) == sum(tabs.values()) - tabs["全部"]
    for kind, label in (("bases", "基地"), ("news", "新闻"), ("programme", "计划介绍")):
        whole = [path for at in range(1, -(-tabs[label] // 10) + 1) for path in paths(ask(client, "海智", kind=kind, page=at))]
        assert len(whole) == len(set(whole)) == tabs[label]


def test_the_next_page_of_a_kind_goes_on_and_ends(client):
    first, second = (paths(ask(client, "基地", kind="news", page=at)) for at in (1, 2))

    assert len(first) == 10
    assert second
    assert not set(first) & set(second)
    assert client.get(CHINESE, {"q": "基地", "kind": "news", "page": "4"}).status_code == 404
    assert client.get(CHINESE, {"q": "基地", "page": "2"}).status_code == 404


def test_hits_beyond_those_put_in_order_are_listed_once_each(client):
    for at in range(60):
        make_base(at).publish_saved()

    found = [path for at in range(1, 7) for path in paths(ask(client, "基地全称", kind="bases", page=at))]

    assert len(found) == len(set(found)) == 60


@pytest.mark.parametrize(
    ("filters", "kept", "left_out"),
    [
        ({"province": "130000"}, BASE, "/zh/bases/hefei/"),
        ({"year": "2022"}, BASE, "/zh/bases/hefei/"),
        ({"topic": "base"}, ARTICLE, "/zh/news/home-forum-2023/"),
    ],
)
def test_filters_keep_what_bears_them(client, filters, kept, left_out):
    everything = [
        path for kind in ("bases", "news") for at in (1, 2) for path in paths(ask(client, "海智", kind=kind, page=at))
    ]
    found = [path for kind in ("bases", "news") for path in paths(ask(client, "海智", kind=kind, **filters))]

    assert {kept, left_out} <= set(everything) | {"/zh/bases/shenzhen-offshore/"}
    assert kept in found
    assert left_out not in found


def test_the_newest_come_first_when_sorted_by_date(client):
    page = ask(client, "基地", kind="news", sort="date")

    dates = page.xpath("//article[@class='hit']//time/@datetime")
    assert dates == sorted(dates, reverse=True)
    assert len(dates) == 10


def test_matches_are_marked_in_the_title_and_around_them(client):
    page = ask(client, "欧洲比利时")

    marked = page.xpath("//mark/text()")
    assert {"欧洲", "比利时"} <= set(marked)
    assert all(len(snippet.text_content()) < 300 for snippet in page.xpath("//p[@class='hit__snippet']"))


def test_traditional_characters_mark_the_simplified_text(client):
    assert "燕山大学" in ask(client, "燕山大學").xpath("//mark/text()")


def test_what_is_typed_is_shown_as_text(client):
    query = "<script>alert(1)</script> {{7*7}} 燕山大学"

    response = client.get(CHINESE, {"q": query})

    assert b"<script>alert" not in response.content
    assert b"49" not in lxml.html.fromstring(response.content).get_element_by_id("search-q").get("value").encode()


def test_markup_in_a_title_stays_text(client):
    base = make_base(1, short_name_zh_hans="<b>粗体</b>基地", name_zh_hans="<i onclick=x>斜体</i>基地")
    base.publish_saved()

    content = client.get(CHINESE, {"q": "粗体"}).content.decode()

    assert "&lt;b&gt;<mark>粗体</mark>&lt;/b&gt;基地" in content
    assert "<i onclick" not in content


def test_the_other_language_is_offered_with_its_count(client):
    page = ask(client, "燕山大学")

    (link,) = page.xpath("//div[@class='search-status']//a")
    assert link.get("hreflang") == "en"
    other = ask(client, "燕山大学", ENGLISH)
    assert link.text_content() == f"英文版另有{number(other)}项"
    assert link.get("href").startswith(ENGLISH)


def test_nothing_found_says_what_was_understood_and_where_to_go(client):
    page = ask(client, "火星基地")

    assert number(page) == 0
    text = page.xpath("string(//section[@class='nothing-found'])")
    assert "火星基地" in text
    links = page.xpath("//section[@class='nothing-found']//a/@href")
    assert "/zh/bases/" in links
    assert any(link.startswith(CHINESE + "?q=") for link in links)


def test_filters_that_leave_nothing_can_be_taken_back(client):
    page = ask(client, "燕山大学", year="2024")

    assert number(page) == 0
    (link,) = page.xpath("//section[@class='nothing-found']/p[1]/a/@href")
    assert number(ask(client, "燕山大学")) > 0
    assert "year" not in link


def test_misspelt_words_are_named(client):
    assert "yanshan university" in ask(client, "Yanshen University").xpath("string(//div[@class='search-status'])")


def test_a_title_is_found_by_its_sound(client):
    page = ask(client, "wzdt")

    assert paths(page) == ["/zh/site-map/"]
    assert "拼音" in page.xpath("string(//div[@class='search-status'])")


def test_a_short_name_inside_a_longer_word_comes_last(client):
    """北大 is short for 北京大学; 东北大学 only holds its characters."""
    make_base(1, slug="neu", short_name_zh_hans="东北大学", name_zh_hans="中国科协海智计划基地（东北大学）").publish_saved()
    make_base(2, slug="pku", short_name_zh_hans="北京大学", name_zh_hans="中国科协海智计划基地（北京大学）").publish_saved()

    assert paths(ask(client, "北大"))[0] == "/zh/bases/pku/"


@pytest.mark.parametrize("query", ["“海外智力”", '"海外智力"', "「海外智力」"])
def test_quoted_words_are_found_as_they_stand(client, query):
    found = ask(client, query)

    assert number(found) > 0
    assert set(found.xpath("//mark/text()")) == {"海外智力"}


@pytest.mark.parametrize("query", ["", " ", "\u3000", '"', "()", "。", "\u202e", "%"])
def test_a_query_without_a_word_asks_for_one(client, query):
    response = client.get(CHINESE, {"q": query})

    assert response.status_code == 200


@pytest.mark.parametrize(
    "parameters",
    [{"kind": "secret"}, {"sort": "size"}, {"page": "abc"}, {"page": "0"}, {"year": "1066"}, {"topic": "x"}, {"province": "1"}],
)
def test_unknown_choices_are_no_page(client, parameters):
    assert client.get(CHINESE, {"q": "基地"} | parameters).status_code == 404


def test_a_very_long_query_is_answered(client):
    assert client.get(CHINESE, {"q": "海智计划 " * 60}).status_code == 200


@pytest.mark.parametrize("address", [CHINESE, ENGLISH, CHINESE + "suggestions/"])
def test_results_are_neither_stored_nor_indexed(client, address):
    response = client.get(address, {"q": "CAST"})

    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert not response.cookies


def test_the_search_page_is_in_no_list_of_pages(client):
    assert b"/search/" not in client.get("/sitemap-1.xml").content
    assert not Entry.objects.filter(page__url_path__endswith="/search/").exists()


@pytest.mark.parametrize("address", ["/zh/", "/en/bases/", ARTICLE, "/zh/nothing-here/"])
def test_every_page_has_a_search_box(client, address):
    page = lxml.html.fromstring(client.get(address).content.decode())

    forms = page.xpath("//form[@role='search'][.//input[@name='q' and @type='search']]")
    assert {form.get("action") for form in forms} & {CHINESE, ENGLISH}


def test_search_engines_are_told_of_the_search(client):
    page = lxml.html.fromstring(client.get("/zh/").content.decode())

    graph = json.loads(page.xpath("string(//script[@type='application/ld+json'])"))["@graph"]
    action = next(node for node in graph if node["@type"] == "WebSite")["potentialAction"]
    assert action["target"]["urlTemplate"].endswith("/zh/search/?q={search_term_string}")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("燕山大学", ["tokens: 燕山 山大 大学 学", "part: 燕山大学", "query:", "whole title 12"]),
        ("火星基地", ["Nothing was found"]),
    ],
)
def test_the_command_explains(capsys, query, expected):
    call_command("search", query, explain=True)

    printed = capsys.readouterr().out
    assert all(text in printed for text in expected)


@pytest.mark.parametrize("query", ["ha ha", "Xi'an", "gong", "Li Na", "Xuzhou", "form factor", "bass"])
@pytest.mark.parametrize("address", [CHINESE, ENGLISH])
def test_what_only_resembles_something_finds_nothing(client, query, address):
    assert number(ask(client, query, address)) == 0


def test_a_misspelt_province_is_the_one_that_begins_so(client):
    make_base(1, name_zh_hans="云南基地", name_en="Yunnan Base", city_zh_hans="云南市", city_en="Yunnan").publish_saved()

    page = ask(client, "Yunan", ENGLISH)

    assert "yunnan" in page.xpath("string(//div[@class='search-status'])")


def test_words_that_a_filter_leaves_out_are_not_taken_for_misspelt(client):
    page = ask(client, "held", ENGLISH, topic="people", year="2016")

    assert number(page) == 0
    assert "Nothing was found for these very words" not in page.text_content()


def test_groups_sorted_by_date_begin_with_the_newest(client):
    page = ask(client, "海智", sort="date")

    newest = [group.xpath("string(.//time/@datetime)") for group in page.xpath("//section[contains(@class, 'hit-group')]")]
    assert newest == sorted(newest, reverse=True)
    assert newest[0]


@pytest.mark.parametrize(("query", "address"), [("Shenzhen base", ENGLISH), ("bases in Shenzhen", ENGLISH)])
def test_a_place_and_the_word_base_lead_to_the_base_there(client, query, address):
    assert paths(ask(client, query, address))[0] == "/en/bases/shenzhen-offshore/"


def test_a_snippet_shows_what_stands_before_its_match():
    text = "One sentence stands here. " * 20 + "The forum of the year was held in Hebei by the associations of the province."

    shown = snippet(text, Phrase(("hebei",)), is_chinese=False)

    before = shown[[piece.is_match for piece in shown].index(True) - 1].text
    assert before.endswith("The forum of the year was held in ")


def test_the_counts_of_the_other_language_are_those_of_its_own_page(client):
    for query in ("Chongqin", "Yanshen University", "wzdt", "yanshan", "offshore"):
        shown = ask(client, query)
        links = shown.xpath("//div[@class='search-status']//a")
        promised = int("".join(filter(str.isdigit, links[0].text_content()))) if links else 0
        assert number(ask(client, query, ENGLISH)) == promised, query


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL knows how many rows each of its tables has")
def test_the_full_text_table_is_read_before_the_entries_however_many_there_are():
    statements = []

    def plans(execute, sql, parameters, many, context):
        if "MATCH" in sql:
            rows = execute(f"EXPLAIN QUERY PLAN {sql}", parameters, many, context).fetchall()
            statements.append([row[3] for row in rows if "index_entry" in row[3] or "fts" in row[3]])
        return execute(sql, parameters, many, context)

    expression = understand("海智", vocabulary()).expression
    with connection.execute_wrapper(plans):
        lookup.counts(expression, "text", lookup.Scope(()))
        lookup.first_ids(expression, "text", lookup.Scope(()), "zh-hans", list(Kind), lookup.Order.DATE, 9)

    assert len(statements) == 2
    for first, second in statements:
        assert "VIRTUAL TABLE" in first
        assert "(index_entry=?" in second
