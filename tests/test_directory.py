"""The directory: facets that are links, text in either language or pinyin, an order for each language, the atlas."""

import re
from urllib.parse import parse_qs, urlsplit

import lxml.html
import pytest

from bases.models import Base, BaseCategory, Province
from core.pinyin import pinyin_sort_key


def _main(client, path: str):
    response = client.get(path)
    assert response.status_code == 200, path
    return lxml.html.fromstring(response.content.decode()).xpath("//main")[0]


def _slugs(main) -> list[str]:
    """Return the slugs of the bases listed, in their order."""
    return [href.rstrip("/").rsplit("/", 1)[1] for href in main.xpath(".//h3[@class='base-card__name']/a/@href")]


def _count(main) -> int:
    return int(main.xpath(".//*[@role='status']/strong")[0].text)


def _options(main) -> dict[str, tuple[str, int]]:
    """Return the choices of the facets and the atlas: the address of each to its label and count."""
    links = main.xpath(".//a[contains(@class, 'facet__option') or contains(@class, 'atlas__tile')]")
    links += main.xpath(".//p[@class='atlas__abroad']/a")
    return {link.get("href"): (link.text_content(), int(re.search(r"\d+", link[-1].text_content())[0])) for link in links}


def _fill(number: int) -> None:
    """Add `number` bases of one kind and province."""
    for place in range(number):
        Base(
            slug=f"filling-{place}",
            name_zh_hans=f"填充基地{place}",
            name_en=f"Filling {place}",
            short_name_zh_hans=f"填充{place}",
            short_name_en=f"Filling {place}",
            category=BaseCategory.objects.get(slug="working"),
            province=Province.objects.get(code="130000"),
            source_zh_hans="…",
            source_en="…",
        ).save()


@pytest.mark.parametrize(
    "start", ["/zh/bases/", "/en/bases/", "/en/bases/?kind=offshore", "/en/bases/?province=440000&host=park"]
)
def test_every_choice_is_a_link_that_leaves_as_many_bases_as_it_says(portal, client, start):
    main = _main(client, start)
    chosen = set(main.xpath(".//a[@aria-current='true' and not(ancestor::nav)]/@href"))
    options = {path: option for path, option in _options(main).items() if path not in chosen}

    assert len(options) > 3
    for path, (label, count) in options.items():
        assert _count(_main(client, path)) == count > 0, f"{label} at {path}"


def test_a_choice_keeps_the_other_choices_and_the_order(portal, client):
    main = _main(client, "/en/bases/?kind=offshore&q=base&sort=year")

    queries = [parse_qs(urlsplit(path).query) for path in _options(main)]

    assert all(query["q"] == ["base"] and query["sort"] == ["year"] for query in queries)
    assert any(query["kind"] == ["offshore"] and "host" in query for query in queries if "kind" in query)


def test_choosing_a_chosen_value_takes_it_back(portal, client):
    main = _main(client, "/en/bases/?kind=offshore&host=park")

    selected = main.xpath(".//a[@class='facet__option' and @aria-current='true']/@href")

    assert sorted(selected) == ["/en/bases/?host=park", "/en/bases/?kind=offshore"]


def test_choices_combine(portal, client):
    found = _slugs(_main(client, "/en/bases/?kind=offshore&province=440000&host=park&year=2021"))

    assert found == ["guangzhou-nansha-offshore"]


def test_all_choices_are_cleared_with_one_link(portal, client):
    links = _main(client, "/en/bases/?kind=offshore&q=park&year=2020").xpath(
        ".//*[@class='directory__chosen']//a[@class='more']/@href"
    )

    assert links == ["/en/bases/"]
    assert _main(client, "/en/bases/").xpath(".//*[@class='directory__chosen']") == []


def test_each_choice_can_be_taken_back_alone(portal, client):
    chips = _main(client, "/en/bases/?kind=offshore&q=park&year=2020").xpath(".//a[@class='chip']/@href")

    assert sorted(chips) == [
        "/en/bases/?kind=offshore&q=park",
        "/en/bases/?kind=offshore&year=2020",
        "/en/bases/?year=2020&q=park",
    ]


@pytest.mark.parametrize(
    "text", ["燕山", "yanshan", "Yanshan Univ", "YAN SHAN", "ysdx", "秦皇岛", "qinhuangdao", "  燕山大学  "]
)
@pytest.mark.parametrize("prefix", ["zh", "en"])
def test_text_finds_by_chinese_english_pinyin_and_initials(portal, client, prefix, text):
    response = client.get(f"/{prefix}/bases/", {"q": text})

    assert "yanshan-university" in _slugs(lxml.html.fromstring(response.content.decode()))


@pytest.mark.parametrize("text", ["%", "_", "'", '"><b>', "\\", "没有这样的基地", "zzzz"])
def test_text_that_names_no_base_finds_none_and_says_so(portal, client, text):
    response = client.get("/en/bases/", {"q": text})
    main = lxml.html.fromstring(response.content.decode())

    assert (_count(main), _slugs(main)) == (0, [])
    assert "No base answers to this" in main.text_content()
    assert "<b>" not in response.content.decode()


def test_a_facet_without_choices_is_left_out_and_a_chosen_one_is_not(portal, client):
    facets = ".//section[contains(@class, 'facet')]/@aria-labelledby"
    assert _main(client, "/zh/bases/?q=zzzz").xpath(facets) == []
    assert _main(client, "/zh/bases/?q=zzzz&host=university").xpath(facets) == ["facet-host"]
    assert _main(client, "/zh/bases/").xpath(facets) == ["facet-kind", "facet-host", "facet-year"]


def test_chinese_readers_get_the_bases_by_pinyin(portal, client):
    names = [base.short_name_zh_hans for base in Base.objects.live()]

    shown = _main(client, "/zh/bases/").xpath(".//h3[@class='base-card__name']/a/text()")

    assert shown == sorted(names, key=pinyin_sort_key)[: len(shown)]
    assert shown[0] == "安吉经济开发区"


def test_english_readers_get_the_bases_by_name(portal, client):
    names = [base.short_name_en for base in Base.objects.live()]

    shown = _main(client, "/en/bases/").xpath(".//h3[@class='base-card__name']/a/text()")

    assert shown == sorted(names, key=str.casefold)[: len(shown)]


def test_by_year_the_newest_come_first_and_unknown_years_last(portal, client):
    slugs = [slug for page in ("", "&page=2") for slug in _slugs(_main(client, f"/en/bases/?sort=year{page}"))]
    years = dict(Base.objects.values_list("slug", "year"))

    assert len(slugs) == len(years)
    assert [years[slug] for slug in slugs] == sorted(years.values(), key=lambda year: -(year or 0))


def test_every_base_stands_on_exactly_one_page_of_the_list(portal, client):
    _fill(45)
    pages = [_slugs(_main(client, f"/zh/bases/?page={number}")) for number in range(1, 6)]

    assert sorted(slug for page in pages for slug in page) == sorted(Base.objects.live().values_list("slug", flat=True))
    assert client.get("/zh/bases/?page=6").status_code == 404


def test_the_pagination_keeps_what_was_chosen(portal, client):
    _fill(25)
    main = _main(client, "/en/bases/?kind=working&sort=year&page=2&province=130000&q=Filling")

    queries = [parse_qs(urlsplit(path).query) for path in main.xpath(".//nav[@class='pagination']//a/@href")]

    assert queries
    for query in queries:
        query.pop("page", None)
        assert query == {"kind": ["working"], "sort": ["year"], "province": ["130000"], "q": ["Filling"]}


def test_the_search_form_keeps_what_was_chosen(portal, client):
    form = _main(client, "/en/bases/?kind=working&province=130000&host=university&year=2022&sort=year&q=yan").xpath(".//form")[
        0
    ]

    assert dict(form.form_values()) == {
        "q": "yan",
        "kind": "working",
        "province": "130000",
        "host": "university",
        "year": "2022",
        "sort": "year",
    }


def test_the_atlas_shows_all_34_units_with_their_counts(portal, client):
    main = _main(client, "/zh/bases/")
    tiles = {
        tile.xpath(".//*[@class='atlas__name']")[0].text: tile for tile in main.xpath(".//li[contains(@class, 'atlas__cell')]")
    }

    assert len(tiles) == 34
    for province in Province.objects.all():
        tile, count = tiles[province.short_name_zh_hans], province.bases.live().count()
        shown = tile.xpath(".//*[@class='atlas__count']/text()")
        assert shown == ([str(count)] if count else []), province
        assert tile.xpath(".//a/@href") == ([f"/zh/bases/?province={province.code}"] if count else [])


def test_the_atlas_of_the_front_page_leads_to_the_same_bases(portal, client):
    for prefix in ("zh", "en"):
        tiles = _options(_main(client, f"/{prefix}/"))

        assert sum(count for _label, count in tiles.values()) == Base.objects.live().count()
        for path, (_label, count) in tiles.items():
            assert _count(_main(client, path)) == count


def test_the_list_leads_to_exactly_its_data(portal, client):
    main = _main(client, "/en/bases/?kind=offshore&q=park")

    assert main.xpath(".//*[@class='directory__data']//a/@href") == [
        f"/en/bases/data/{form}/?kind=offshore&q=park" for form in ("csv", "json", "geojson")
    ]


@pytest.mark.parametrize(
    "query",
    ["kind=", "kind=unknown", "province=999999", "host=x", "year=abc", "year=0", "sort=up", "page=0", "page=-1", "page=99"],
)
def test_what_the_directory_does_not_know_is_no_page(portal, client, query):
    expected = 200 if query == "kind=" else 404

    assert client.get(f"/en/bases/?{query}").status_code == expected
