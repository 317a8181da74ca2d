"""The directory as open data: CSV that a spreadsheet opens right, JSON, and GeoJSON on the provinces' positions."""

import csv
import io
import json

import lxml.html
import pytest

from bases.exports import COLUMNS
from bases.models import Base, Province

FORMS = ("csv", "json", "geojson")
QUERIES = (
    "",
    "?kind=offshore",
    "?province=440000&sort=year",
    "?province=abroad",
    "?q=yanshan",
    "?host=park&year=2021",
    "?q=zzzz",
)


def _data(client, form: str, query: str = "", prefix: str = "en") -> list[dict]:
    """Return the bases of the data in `form` as rows."""
    response = client.get(f"/{prefix}/bases/data/{form}/{query}")
    assert response.status_code == 200
    if form == "csv":
        return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"), newline="")))
    content = json.loads(response.content)
    return content["bases"] if form == "json" else [feature["properties"] for feature in content["features"]]


def _listed(client, path: str) -> list[str]:
    """Return the names that the list shows at `path`, over all its pages."""
    names, number = [], 1
    while (response := client.get(f"{path}{'&' if '?' in path else '?'}page={number}")).status_code == 200:
        names += lxml.html.fromstring(response.content.decode()).xpath("//*[@class='base-card__full']/text()")
        number += 1
    return names


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("prefix", "name"), [("zh", "name_zh"), ("en", "name_en")])
def test_the_data_hold_exactly_the_bases_of_the_filtered_list_in_its_order(portal, client, form, query, prefix, name):
    names = [row[name] for row in _data(client, form, query, prefix)]

    assert names == _listed(client, f"/{prefix}/bases/{query}")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("query", ["?kind=unknown", "?year=abc", "?province=1", "?host=x", "?sort=x"])
def test_data_of_an_unknown_choice_are_no_page(portal, client, form, query):
    assert client.get(f"/en/bases/data/{form}/{query}").status_code == 404


def test_the_csv_starts_with_the_mark_by_which_excel_knows_utf8(portal, client):
    response = client.get("/zh/bases/data/csv/")

    assert response.content.startswith(b"\xef\xbb\xbf" + COLUMNS[0].encode())
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="home-program-bases.csv"'
    assert "燕山大学" in response.content.decode("utf-8-sig")


def test_every_row_of_the_csv_has_every_column(portal, client):
    text = client.get("/zh/bases/data/csv/").content.decode("utf-8-sig")
    header, *rows = csv.reader(io.StringIO(text, newline=""), strict=True)

    assert tuple(header) == COLUMNS
    assert len(rows) == Base.objects.live().count()
    assert {len(row) for row in rows} == {len(COLUMNS)}


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_cell_that_a_spreadsheet_would_run_is_defused(portal, client, start):
    formula = f'{start}HYPERLINK("https://example.org")'
    Base.objects.filter(slug="hefei").update(description_en=formula)

    (row,) = _data(client, "csv", "?q=hefei")
    (plain,) = _data(client, "json", "?q=hefei")

    assert row["description_en"] == "'" + formula
    assert plain["description_en"] == formula


def test_text_with_commas_quotes_and_line_breaks_survives_the_csv(portal, client):
    text = 'One, "two"\nand 三；'
    Base.objects.filter(slug="hefei").update(description_en=text)

    (row,) = _data(client, "csv", "?q=hefei")

    assert row["description_en"] == text


@pytest.mark.parametrize("form", FORMS)
def test_the_data_tell_the_doubts_and_the_sources(portal, client, form):
    (row,) = _data(client, form, "?q=yanshan")

    assert row["kind_basis"] == "inferred"
    assert row["name_zh_basis"] == "composed"
    assert (str(row["year"]), row["year_basis"]) == ("2022", "round")
    assert row["confidence"] == "high"
    assert row["source_url"] == "http://english.ysu.edu.cn/info/1007/3801.htm"


@pytest.mark.parametrize("form", FORMS)
def test_the_addresses_in_the_data_are_public_ones_whatever_host_was_asked(portal, client, settings, form):
    settings.BASE_URL = "https://home.example.cn"

    (row,) = _data(client, form, "?q=yanshan")

    assert row["page_zh"] == "https://home.example.cn/zh/bases/yanshan-university/"
    assert row["page_en"] == "https://home.example.cn/en/bases/yanshan-university/"


def test_the_json_says_how_many_bases_it_holds_in_readable_chinese(portal, client):
    response = client.get("/zh/bases/data/json/?kind=offshore")
    content = json.loads(response.content)

    assert content["count"] == len(content["bases"]) == Base.objects.live().filter(category__slug="offshore").count()
    assert "离岸基地".encode() in response.content
    assert set(content["bases"][0]) == set(COLUMNS)


def test_the_geojson_is_a_collection_of_points_at_the_provinces(portal, client):
    response = client.get("/zh/bases/data/geojson/")
    collection = json.loads(response.content)
    positions = {province.code: [float(province.longitude), float(province.latitude)] for province in Province.objects.all()}

    assert response["Content-Type"].startswith("application/geo+json")
    assert collection["type"] == "FeatureCollection"
    assert len({feature["id"] for feature in collection["features"]}) == Base.objects.live().count()
    for feature in collection["features"]:
        assert feature["type"] == "Feature"
        if feature["properties"]["country"] == "CN":
            assert feature["geometry"] == {"type": "Point", "coordinates": positions[feature["properties"]["province_code"]]}
            longitude, latitude = feature["geometry"]["coordinates"]
            assert 73 < longitude < 136
            assert 3 < latitude < 54


def test_a_base_abroad_has_no_position(portal, client):
    collection = json.loads(client.get("/zh/bases/data/geojson/?province=abroad").content)

    assert [feature["geometry"] for feature in collection["features"]] == [None]
