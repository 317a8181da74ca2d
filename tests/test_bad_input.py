"""Bad questions to the lists, decided once: what is malformed is refused, what is unknown is not found, nothing breaks."""

import pytest
from lxml import html

from core.languages import CHINESE, ENGLISH
from tests.addresses import MALFORMED

pytestmark = pytest.mark.usefixtures("portal")

NEWS_LISTS = ("news/", "news/2023/", "news/2023/03/", "news/topics/base/")
DIRECTORY = "bases/"
DATA = ("bases/data/csv/", "bases/data/json/", "bases/data/geojson/")
FEEDS = ("news/feed/", "news/2023/feed/", "news/topics/base/feed/atom/")
LISTS = (*NEWS_LISTS, DIRECTORY, *DATA, *FEEDS)

NO_NUMBER = (
    "-1",
    "0",
    "00",
    "01",
    "abc",
    "NaN",
    "1.0",
    "1e1",
    "+1",
    " 1",
    "１",
    "①",
    "1,2",
    "0x1",
    "None",
    "9" * 400,
    "'",
    "<b>",
)
UNKNOWN = ("none", "OFFSHORE", "990000", "离岸", "'", '"', "%", "__", "<script>", "{{7*7}}", "../..", "x" * 3000)
ODD_TEXTS = (
    *(
        '"',
        'a"b',
        "'",
        "''; DROP TABLE bases_base; --",
        "%",
        "_",
        "\\",
        "*",
        'zzz" OR name:"a',
        "NEAR(",
        "a AND",
        "(",
        "-",
        "^",
    ),
    *(
        "\u3000",
        " ",
        "\t",
        "\n",
        "大学 大学",
        "😀",
        "e\u0301",
        "\u200b",
        "{{7*7191}}",
        "{% csrf_token %}",
        "${7*7191}",
        "x" * 4000,
    ),
)


def in_both_languages(routes) -> list[str]:
    return [f"/{language.prefix}/{route}" for language in (CHINESE, ENGLISH) for route in routes]


def ask(client, path: str, **parameters: str) -> int:
    return client.get(path, parameters).status_code


@pytest.mark.parametrize("path", in_both_languages((*NEWS_LISTS, DIRECTORY)))
def test_a_page_number_is_a_number_of_an_existing_page(client, path):
    answers = {text: ask(client, path, page=text) for text in (*NO_NUMBER, "9999", "99999999999")}
    assert answers == dict.fromkeys(answers, 404)
    assert [ask(client, path, page=text) for text in ("", "1")] == [200, 200]


@pytest.mark.parametrize("path", in_both_languages((*DATA, *FEEDS)))
def test_what_has_no_pages_takes_no_notice_of_a_page_number(client, path):
    plain = client.get(path).content
    assert all(client.get(path, {"page": text}).content == plain for text in ("abc", "-1", "9999"))


@pytest.mark.parametrize("path", in_both_languages((DIRECTORY, *DATA)))
def test_a_facet_is_one_of_those_that_exist(client, path):
    for facet in ("kind", "province", "host", "sort"):
        answers = {text: ask(client, path, **{facet: text}) for text in UNKNOWN}
        assert answers == dict.fromkeys(answers, 404), facet
    answers = {text: ask(client, path, year=text) for text in (*NO_NUMBER, "99999999999")}
    assert answers == dict.fromkeys(answers, 404)
    assert [ask(client, path, **{facet: ""}) for facet in ("kind", "province", "host", "sort", "year", "q")] == [200] * 6


@pytest.mark.parametrize("path", in_both_languages((DIRECTORY,)))
def test_a_year_without_bases_is_an_empty_list(client, path):
    tree = html.document_fromstring(client.get(path, {"year": "1950"}).content.decode())
    assert tree.xpath("string(//*[@role='status']/strong)") == "0"
    assert not tree.find_class("base-card")


@pytest.mark.parametrize("path", in_both_languages((DIRECTORY, *DATA)))
def test_any_text_may_be_looked_for(client, path):
    answers = {text: ask(client, path, q=text) for text in ODD_TEXTS}
    assert answers == dict.fromkeys(answers, 200)


@pytest.mark.parametrize("path", in_both_languages((DIRECTORY,)))
def test_what_is_looked_for_is_shown_as_text_and_nothing_else(client, path):
    page = client.get(path, {"q": '"><script>alert(1)</script>{{7*7191}}\u202egpj'}).content.decode()
    tree = html.document_fromstring(page)
    assert "<script>alert(1)" not in page
    assert "50337" not in page
    assert "\u202e" not in page
    assert tree.xpath("string(//input[@name='q']/@value)") == '"><script>alert(1)</script>{{7*7191}}gpj'


@pytest.mark.parametrize("path", in_both_languages(LISTS))
def test_a_question_that_is_no_text_is_refused(client, path):
    for name in ("q", "page", "year", "anything"):
        answers = {raw: client.get(f"{path}?{name}={raw}").status_code for raw in MALFORMED}
        assert answers == dict.fromkeys(answers, 400), name


@pytest.mark.parametrize("path", in_both_languages(LISTS))
def test_an_over_long_address_is_refused(client, path):
    for name in ("q", "page", "year", "kind", "anything"):
        assert [client.get(f"{path}?{name}={letter * 20_000}").status_code for letter in ("x", "9")] == [414, 414], name
    assert client.get(path + "x" * 5000 + "/").status_code == 414


@pytest.mark.parametrize("path", in_both_languages(LISTS))
def test_a_flood_of_parameters_is_refused(client, path):
    assert client.get(path + "?" + "&".join(f"a{number}=1" for number in range(200))).status_code == 400
    assert client.get(path + "?" + "&".join(f"a{number}=1" for number in range(20))).status_code == 200


@pytest.mark.parametrize("path", in_both_languages((*NEWS_LISTS, DIRECTORY)))
def test_of_a_repeated_parameter_the_last_one_counts(client, path):
    assert client.get(f"{path}?page=abc&page=1").status_code == 200
    assert client.get(f"{path}?page=1&page=abc").status_code == 404


@pytest.mark.parametrize("prefix", ["zh", "en"])
def test_of_a_repeated_facet_the_last_one_counts_and_stands_once_in_every_link(client, prefix):
    response = client.get(f"/{prefix}/bases/?kind=nonsense&kind=offshore&q=a&q=")
    tree = html.document_fromstring(response.content.decode())
    assert response.status_code == 200
    assert [href for href in tree.xpath("//a/@href") if href.count("kind=") > 1 or "nonsense" in href] == []
    assert client.get(f"/{prefix}/bases/?kind=offshore&kind=nonsense").status_code == 404


@pytest.mark.parametrize(
    "query", ["?", "?&&&", "?=", "?=&=", "?page", "?%", "?%zz", "?a[]=1", "?a%5B0%5D=1", "?;", "?page=1;page=x"]
)
def test_a_ragged_query_breaks_nothing(client, query):
    answers = {path: client.get(path + query).status_code for path in in_both_languages(LISTS)}
    assert set(answers.values()) <= {200, 404}
    assert answers["/zh/bases/data/json/"] == 200
