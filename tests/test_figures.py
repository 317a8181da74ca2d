"""Every figure carries its date and source; contradictions stand side by side; the newest value is the current one."""

import lxml.html
import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from wagtail.models import Page

from programs.models import Figure, FigureValue, Milestone

SOURCES_PAGE = "/{prefix}/programme/figures-and-sources/"


def _figure(*values: tuple, **fields) -> Figure:
    """Return a published figure of (value, date) pairs in the editors' order."""
    figure = Figure(slug="a-figure", name_zh_hans="某数", name_en="A figure", unit_zh_hans="家", unit_en="bases", **fields)
    figure.values = [
        FigureValue(value=value, as_of=as_of, sort_order=place, source_zh_hans=f"来源{place}", source_en=f"Source {place}")
        for place, (value, as_of) in enumerate(values)
    ]
    figure.publish_saved()
    return Figure.objects.get(slug="a-figure")


def _blocks(client, prefix: str) -> dict[str, lxml.html.HtmlElement]:
    """Return the dated figures of the page on figures and sources by their names."""
    response = client.get(SOURCES_PAGE.format(prefix=prefix))
    tree = lxml.html.fromstring(response.content.decode())
    blocks = tree.xpath("//div[@class='dated-figure']")
    return {block.xpath(".//*[@class='figure-card__name']/text()")[0]: block for block in blocks}


def _rows(block) -> list[list[str]]:
    return [[" ".join(cell.text_content().split()) for cell in row] for row in block.xpath(".//tbody/tr")]


@pytest.mark.parametrize(
    ("values", "current"),
    [
        ([(4, "2016"), (30, "2024-05"), (20, "2020-07-06")], 30),
        ([(54, "2016-10-17"), (55, "2016-10")], 54),
        ([(10, "2018"), (9, "2018-01")], 9),
        ([(7, ""), (5, "2003")], 5),
        ([(7, "")], 7),
    ],
)
def test_the_newest_value_is_the_current_one(portal, values, current):
    assert _figure(*values).current.value == current


def test_of_values_of_one_date_the_editors_first_is_current(portal):
    figure = _figure((35, "2003-12"), (34, "2003-12"))

    assert [value.value for value in figure.newest_first()] == [35, 34]
    assert figure.current.value == 35


def test_a_figure_without_values_has_no_current_one(portal):
    assert _figure().current is None


def test_the_current_values_of_the_starter_portal_are_the_newest_found(portal):
    current = {figure.slug: (figure.current.value, figure.current.as_of) for figure in Figure.objects.all()}

    assert current["founding-organisations"] == (35, "2003-12")
    assert current["offshore-bases"] == (30, "2024-05")
    assert current["working-bases"] == (50, "2017-12-06")
    for figure in Figure.objects.all():
        assert figure.current.as_of == max(value.as_of for value in figure.values.all())


@pytest.mark.parametrize("prefix", ["zh", "en"])
def test_contradicting_values_stand_side_by_side_with_their_dates_and_sources(portal, client, prefix):
    with translation.override({"zh": "zh-hans", "en": "en"}[prefix]):
        figures = {figure.name: figure for figure in Figure.objects.all()}
    blocks = _blocks(client, prefix)

    assert len(blocks) == 3
    for name, block in blocks.items():
        with translation.override({"zh": "zh-hans", "en": "en"}[prefix]):
            values = figures[name].newest_first()
            shown = [(value.shown, value.source) for value in values]
        assert block.xpath(".//tbody//time/@datetime") == [value.as_of for value in values]
        for row, (number, source) in zip(_rows(block), shown, strict=True):
            assert row[1].startswith(number)
            assert source in row[2]


def test_the_two_counts_of_october_2016_both_stand(portal, client):
    rows = _rows(_blocks(client, "en")["Working bases"])

    assert ["17 October 2016", "54 bases"] in [row[:2] for row in rows]
    assert ["October 2016", "55 bases"] in [row[:2] for row in rows]


@pytest.mark.parametrize(
    ("prefix", "name", "remark"), [("zh", "离岸基地", "二手信息"), ("en", "Offshore bases", "Second-hand")]
)
def test_the_second_hand_count_of_offshore_bases_says_so_wherever_it_stands(portal, client, prefix, name, remark):
    block = _blocks(client, prefix)[name]
    home = lxml.html.fromstring(client.get(f"/{prefix}/").content.decode())
    (card,) = [card for card in home.xpath("//div[@class='figure-card']") if name in card.text_content()]

    for place in (block.xpath(".//*[@class='figure-card']")[0], card):
        assert place.xpath(".//*[@class='figure-card__number']/text()") == ["30"]
        assert place.xpath(".//time/@datetime") == ["2024-05"]
        assert remark in place.text_content()
    assert remark in _rows(block)[0][2]


@pytest.mark.parametrize("prefix", ["zh", "en"])
def test_no_figure_of_the_front_page_stands_without_date_and_source(portal, client, prefix):
    cards = lxml.html.fromstring(client.get(f"/{prefix}/").content.decode()).xpath("//div[@class='figure-card']")

    assert len(cards) == 4
    for card in cards:
        assert card.xpath(".//time/@datetime")
        assert card.xpath("normalize-space(.//*[@class='figure-card__source'])")


def test_an_undated_value_says_that_it_is_undated(portal, client):
    figure = _figure((27, ""))
    page = Page.objects.get(url_path="/en/programme/figures-and-sources/").specific
    page.body.append(("dated_figure", figure))
    page.save_revision().publish()

    assert "undated in the source" in _blocks(client, "en")["A figure"].text_content()


def test_a_block_follows_its_figure_when_a_newer_value_comes(portal, client):
    figure = Figure.objects.get(slug="offshore-bases")
    figure.values.add(FigureValue(value=41, as_of="2026-01", source_zh_hans="新来源", source_en="A new source"))
    figure.publish_saved()

    block = _blocks(client, "en")["Offshore bases"]

    assert block.xpath(".//*[@class='figure-card__number']/text()") == ["41"]
    assert len(_rows(block)) == 4


@pytest.mark.parametrize(
    ("value", "chinese", "english"),
    [
        ({"value": 1141}, "1141", "1,141"),
        ({"value": 50, "qualifier": "over"}, "50余", "over 50"),
        ({"value": 100, "qualifier": "nearly"}, "近100", "nearly 100"),
        ({"value": 3000000, "text_zh_hans": "300万元", "text_en": "3 million yuan"}, "300万元", "3 million yuan"),
    ],
)
def test_each_language_writes_a_number_in_its_own_form(value, chinese, english):
    with translation.override("zh-hans"):
        assert FigureValue(**value).shown == chinese
    with translation.override("en"):
        assert FigureValue(**value).shown == english


def test_a_value_needs_a_date_of_the_calendar_and_a_source(portal):
    with pytest.raises(ValidationError) as fault:
        FigureValue(value=1, as_of="2023-02-30").full_clean(exclude=["figure"])

    assert {"as_of", "source_zh_hans", "source_en"} <= set(fault.value.message_dict)


def test_milestones_stand_in_order_with_dates_and_sources_and_drafts_are_left_out(portal, client):
    Milestone(key="a-draft", date="2020", text_zh_hans="草稿", text_en="A draft", live=False).save()

    tree = lxml.html.fromstring(client.get("/en/programme/milestones/").content.decode())
    dates = tree.xpath("//*[@class='timeline__entry']//time/@datetime")

    assert dates == list(Milestone.objects.live().values_list("date", flat=True)) == sorted(dates)
    assert len(tree.xpath("//*[@class='timeline__source']")) == len(dates)
    assert "A draft" not in tree.text_content()


def test_a_figure_with_values_of_several_years_is_drawn_with_its_first_last_and_highest_number(portal):
    chart = _figure((83, "2013-08"), (92, "2016"), (100, "2017-12-06"), (88, "2020-09-25")).chart

    assert [point.value.value for point in chart.points] == [83, 92, 100, 88]
    assert [point.value.value for point in chart.points if point.labelled] == [83, 100, 88]
    assert (chart.first_year, chart.last_year) == (2013, 2020)
    assert [point.x for point in chart.points] == sorted(point.x for point in chart.points)
    highest = min(chart.points, key=lambda point: point.y)
    assert highest.value.value == 100


def test_statements_of_one_date_stand_above_each_other_and_the_line_passes_once(portal):
    chart = _figure((35, "2003-12"), (34, "2003-12"), (40, "2010")).chart

    assert len(chart.points) == 3
    assert len(chart.line.split()) == 2


@pytest.mark.parametrize(
    "values", [[(5, "2016")], [(5, "2016"), (6, "2016-10")], [(5, ""), (6, "2016")], [(0, "2016"), (0, "2017")]]
)
def test_one_year_makes_no_chart_and_nothing_breaks(portal, values):
    chart = _figure(*values).chart

    assert (chart is None) == (values[0] != (0, "2016"))


@pytest.mark.parametrize("prefix", ["zh", "en"])
def test_a_chart_is_told_in_words_to_those_who_cannot_see_it(client, portal, prefix):
    name = {"zh": "联系的海外科技团体", "en": "Overseas organisations in contact"}[prefix]
    block = _blocks(client, prefix)[name]
    (label,) = block.xpath(".//svg[@role='img']/@aria-label")

    assert name in label
    assert "83" in label
    assert "88" in label
    assert _rows(block)
