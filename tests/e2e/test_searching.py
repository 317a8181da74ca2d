"""Searching in a browser: suggestions by keyboard and mouse, and the form without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.fixture
def reader(open_context):
    page = open_context(viewport={"width": 1280, "height": 900}).new_page()
    page.faults = []
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.on("console", lambda message: message.type == "error" and page.faults.append(message.text))
    return page


@pytest.fixture
def plain_reader(open_context):
    return open_context(java_script_enabled=False, viewport={"width": 390, "height": 800}).new_page()


def enter(box, text: str) -> None:
    """Put `text` in at once, so that one list of names is asked for and no later one replaces it, and wait for the list."""
    box.fill(text)
    expect(box).to_have_attribute("aria-expanded", "true")


def test_a_name_is_chosen_with_the_keyboard_alone(reader, server):
    reader.goto(server + "/zh/")
    box = reader.get_by_role("combobox", name="搜索")
    enter(box, "ysdx")

    box.press("ArrowDown")
    active = reader.get_by_role("option", selected=True)
    expect(active).to_have_text(re.compile("^燕山大学"))
    expect(box).to_have_attribute("aria-activedescendant", active.get_attribute("id"))
    box.press("Enter")

    expect(reader).to_have_url(re.compile("/zh/bases/yanshan-university/$"))
    assert reader.faults == []


def test_escape_closes_the_list_and_enter_then_searches(reader, server):
    reader.goto(server + "/en/")
    box = reader.get_by_role("combobox", name="Search")
    options = reader.get_by_role("option")
    enter(box, "offshore")
    expect(options.first).to_be_visible()

    box.press("Escape")
    expect(options).to_have_count(0)
    expect(box).to_have_value("offshore")
    box.press("ArrowDown")
    expect(options.first).to_be_visible()
    box.press("Escape")
    expect(options).to_have_count(0)
    box.press("Enter")

    expect(reader).to_have_url(re.compile(r"/en/search/\?q=offshore$"))
    expect(reader.get_by_role("heading", name="Search", exact=True)).to_have_count(1)
    expect(reader.locator("mark").nth(3)).to_be_visible()


def test_a_suggestion_is_clicked(reader, server):
    reader.goto(server + "/zh/search/")
    enter(reader.get_by_role("combobox"), "hefei")
    reader.get_by_role("option", name="合肥").first.click()

    expect(reader).to_have_url(re.compile("/zh/bases/hefei/$"))


def test_the_number_of_names_is_told_to_who_types_key_by_key(reader, server):
    reader.goto(server + "/zh/")
    reader.get_by_role("combobox").press_sequentially("yanshan")

    expect(reader.locator("[data-suggestions] [role=status]")).to_have_text("2 条建议")


def test_without_javascript_the_form_searches(plain_reader, server):
    plain_reader.goto(server + "/zh/")
    plain_reader.fill("input[type=search]", "燕山大学")
    plain_reader.locator(".search-box button").click()

    expect(plain_reader.locator(".hit").nth(2)).to_be_visible()
    plain_reader.select_option("#search-year", "2022")
    plain_reader.locator(".search-form button").click()
    expect(plain_reader).to_have_url(re.compile("year=2022"))


@pytest.mark.parametrize(
    "path",
    [
        "/zh/search/?q=海智",
        "/en/search/?q=offshore+base",
        "/zh/search/?q=火星基地",
        "/en/nothing-here/",
        "/en/search/?q=" + "W" * 100,
    ],
)
def test_nothing_is_wider_than_a_narrow_phone(reader, server, path):
    reader.set_viewport_size({"width": 320, "height": 700})
    reader.goto(server + path)

    assert reader.evaluate("document.documentElement.scrollWidth") <= 320
