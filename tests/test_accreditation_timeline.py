"""The bases by year in the directory, and on a base's page where it stands and what happened to it."""

import csv
import io

import lxml.html
import pytest

from bases.models import Base, Province
from bases.surroundings import FEW
from news.models import NewsPage
from tests.factories import make_base

pytestmark = pytest.mark.usefixtures("portal")


def _main(client, path: str):
    response = client.get(path)
    assert response.status_code == 200, path
    return lxml.html.fromstring(response.content.decode()).xpath("//main")[0]


def _years(main) -> dict[str, tuple[int, str]]:
    """Return by the name of each row its count and its link."""
    rows = main.xpath(".//ol[@class='years']//a")
    return {
        row.xpath("span[@class='years__name']")[0].text_content(): (
            int(row.xpath("span[@class='years__count']/text()")[0]),
            row.get("href"),
        )
        for row in rows
    }


@pytest.mark.parametrize("prefix", ["zh", "en"])
def test_each_year_leads_to_as_many_bases_as_it_names(client, prefix):
    years = _years(_main(client, f"/{prefix}/bases/"))

    assert sum(count for count, _link in years.values()) == Base.objects.live().count()
    for count, link in years.values():
        shown = _main(client, link).xpath(".//p[@class='directory__count']/strong/text()")
        assert shown == [str(count)], link


def test_the_years_stand_newest_first_and_the_unknown_ones_last(client):
    names = list(_years(_main(client, "/en/bases/")))
    known = [int(name) for name in names[:-1]]

    assert known == sorted(known, reverse=True)
    assert names[-1] == "Year not known"


def test_years_without_bases_are_told_and_not_left_out(client):
    Base.objects.all().update(live=False)
    for number, year in enumerate((2009, 2013, 2015)):
        make_base(number, year=year)

    main = _main(client, "/en/bases/")

    assert [gap.text_content() for gap in main.xpath(".//li[@class='years__gap']")] == [
        "2014: none listed",
        "2010–2012: none listed",
    ]
    assert list(_years(main)) == ["2015", "2013", "2009"]


def test_a_year_that_is_a_reports_is_told_from_one_of_an_event(client):
    Base.objects.all().update(live=False)
    for number in range(4):
        make_base(number, year=2020, year_basis=Base.YearBasis.REPORTED if number else Base.YearBasis.ROUND)

    row = _main(client, "/en/bases/").xpath(".//ol[@class='years']/li")[0]
    drawn = row.xpath(".//rect")

    assert " ".join(row.text_content().split()) == "2020 4 bases, 3 by the year of a report"
    assert [(bar.get("x", "0"), bar.get("width")) for bar in drawn] == [("0", "25.0"), ("25.0", "75.0")]


def test_the_longest_bar_is_that_of_the_fullest_year(client):
    Base.objects.all().update(live=False)
    for number, year in enumerate((2020, 2021, 2021, 2021, 2021)):
        make_base(number, year=year)

    rows = _main(client, "/zh/bases/").xpath(".//ol[@class='years']/li")

    assert [row.xpath(".//rect/@width") for row in rows] == [["100.0"], ["25.0"]]


def test_the_chosen_year_is_marked_and_its_link_takes_the_choice_back(client):
    main = _main(client, "/en/bases/?kind=working&year=2020")
    chosen = main.xpath(".//ol[@class='years']//a[@aria-current]")

    assert [link.get("href") for link in chosen] == ["/en/bases/?kind=working"]
    assert len(_years(main)) > 1


def test_a_year_without_bases_under_the_other_choices_is_still_shown_when_chosen(client):
    row = _main(client, "/en/bases/?year=1999").xpath(".//ol[@class='years']//a[@aria-current]")

    assert [" ".join(link.text_content().split()) for link in row] == ["1999 0 bases"]


def test_where_no_year_is_known_nothing_is_drawn(client):
    Base.objects.all().update(live=False)
    make_base(1, year=None, year_basis="")

    assert _years(_main(client, "/en/bases/")) == {"Year not known": (1, "/en/bases/?year=unknown")}
    assert _years(_main(client, "/en/bases/?q=nothing-of-this-name")) == {}


def test_bases_of_unknown_year_are_a_choice_in_the_open_data_too(client):
    text = client.get("/en/bases/data/csv/?year=unknown").content.decode().lstrip("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text)))

    assert {row["slug"] for row in rows} == set(Base.objects.live().filter(year=None).values_list("slug", flat=True))
    assert client.get("/en/bases/?year=never").status_code == 404


@pytest.mark.parametrize("path", ["/zh/bases/", "/en/bases/yanshan-university/"])
def test_nothing_is_drawn_by_inline_styles(client, path):
    main = _main(client, path)

    assert main.xpath(".//svg")
    assert not main.xpath(".//@style")


def test_a_base_is_marked_on_its_own_tile_alone(client):
    base = Base.objects.live().filter(province="130000").first()
    province = Province.objects.get(code="130000")

    own = _main(client, f"/en/bases/{base.slug}/").xpath(".//rect[contains(@class, 'tile--own')]")

    assert [(int(tile.get("x")), int(tile.get("y"))) for tile in own] == [
        (10 * (province.tile_column - 1), 10 * (province.tile_row - 1))
    ]


def test_a_base_abroad_is_marked_apart_from_the_provinces_and_says_so(client):
    main = _main(client, "/en/bases/europe-belgium-fcpae/")
    own = main.xpath(".//rect[contains(@class, 'tile--own')]")
    tiles = {(10 * (entry.tile_column - 1), 10 * (entry.tile_row - 1)) for entry in Province.objects.all()}

    assert [(int(tile.get("x")), int(tile.get("y"))) in tiles for tile in own] == [False]
    assert "Abroad, in Belgium" in main.xpath(".//figcaption")[0].text_content()


def _section(main, name: str) -> list[str]:
    return main.xpath(f".//section[@aria-labelledby='{name}']//a/@href")


def test_a_base_with_few_neighbours_names_those_of_the_nearest_provinces(client):
    """Hebei's nearest seat is Taiyuan; Urumqi is far from everything."""
    Base.objects.all().update(live=False)
    places = {code: Province.objects.get(code=code) for code in ("130000", "140000", "370000", "650000")}
    own = make_base(1, province=places["130000"])
    for number, code in enumerate(("650000", "370000", "140000", "140000"), start=2):
        make_base(number, province=places[code])

    main = _main(client, f"/en/bases/{own.slug}/")

    assert _section(main, "base-nearest") == ["/en/bases/base-4/", "/en/bases/base-5/", "/en/bases/base-3/"]
    assert _section(main, "base-neighbours") == []


def test_a_base_with_neighbours_enough_names_no_others(client):
    Base.objects.all().update(live=False)
    for number in range(FEW + 1):
        make_base(number)
    make_base(9, province=Province.objects.get(code="140000"))

    main = _main(client, "/en/bases/base-0/")

    assert len(_section(main, "base-neighbours")) == FEW
    assert _section(main, "base-nearest") == []


def test_the_history_joins_year_evaluations_and_news_newest_first(client):
    main = _main(client, "/en/bases/yanshan-university/")
    entries = main.xpath(".//section[@aria-labelledby='base-history']//li")
    dates = [entry.xpath(".//time/@datetime")[0] for entry in entries]
    base = Base.objects.get(slug="yanshan-university")
    news = NewsPage.objects.get(url_path="/en/news/yanshan-university-accredited/")

    assert dates == sorted(dates, key=lambda date: (date[:4], date), reverse=True)
    assert news.date in dates
    assert (base.accredited_on or str(base.year)) in dates
    assert len(entries) == 1 + base.evaluations.count() + 1


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"year": None, "year_basis": ""}, "No source with a year was found."),
        ({"year_basis": "reported"}, "The year is that of a report: the base may be older."),
        ({"city_en": ""}, "The place is known to the province only."),
        ({"city_en": "Baoding", "city_zh_hans": "保定"}, "The place is known to the city, not to the address."),
    ],
)
def test_the_page_says_how_exactly_year_and_place_are_known(client, values, said):
    make_base(1)
    make_base(2, **values)

    assert said in _main(client, "/en/bases/base-2/").xpath(".//section[@class='certainty']")[0].text_content()
    certain = _main(client, "/en/bases/base-1/").xpath(".//section[@class='certainty']")[0].text_content()
    assert said not in certain or "province only" in said
