"""Suggestions while typing: names of bases and titles, by characters, pinyin or initials."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

pytestmark = pytest.mark.usefixtures("portal")

MOST_QUERIES = 10


def suggestions(client, typed: str, prefix: str = "zh") -> list[dict]:
    response = client.get(f"/{prefix}/search/suggestions/", {"q": typed})
    assert response.status_code == 200
    return response.json()["suggestions"]


@pytest.mark.parametrize("typed", ["燕", "燕山", "燕山大", "山大", "yan", "yansh", "yan shan", "ysd", "Yanshan U", "燕山大學"])
def test_a_base_is_offered_from_the_first_letters_on(client, typed):
    titles = [entry["title"] for entry in suggestions(client, typed)]

    assert "燕山大学" in titles


@pytest.mark.parametrize("typed", ["燕山", "yanshan", "ysdx"])
def test_what_begins_so_stands_first(client, typed):
    assert suggestions(client, typed)[0] == {"title": "燕山大学", "path": "/zh/bases/yanshan-university/", "kind": "基地"}


def test_english_names_are_offered_in_english(client):
    found = suggestions(client, "yanshan", "en")

    assert found[0] == {"title": "Yanshan University", "path": "/en/bases/yanshan-university/", "kind": "Bases"}
    assert all(entry["path"].startswith("/en/") for entry in found)


@pytest.mark.parametrize("typed", ["", " ", '"', "y", "火星", "zzzz", "%", "(", "\u202e"])
def test_nothing_is_offered_for_nothing(client, typed):
    assert suggestions(client, typed) == []


def test_there_are_never_more_than_eight(client):
    assert len(suggestions(client, "基地")) == 8


def test_every_suggestion_leads_to_a_page(client):
    for entry in suggestions(client, "基地") + suggestions(client, "海智"):
        assert client.get(entry["path"]).status_code == 200


def test_a_suggestion_asks_little_of_the_database(client):
    suggestions(client, "基地")

    with CaptureQueriesContext(connection) as asked:
        suggestions(client, "海智")

    assert len([query for query in asked if query["sql"].startswith(("SELECT", "WITH"))]) <= MOST_QUERIES
