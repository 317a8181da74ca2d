"""Searching in a browser: suggestions by keyboard and mouse, and the form without JavaScript."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.fixture
def reader(browser):
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.faults = []
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.on("console", lambda message: message.type == "error" and page.faults.append(message.text))
    yield page
    context.close()


@pytest.fixture
def plain_reader(browser):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800})
    yield context.new_page()
    context.close()


def test_a_name_is_chosen_with_the_keyboard_alone(reader, server):
    reader.goto(server + "/zh/")
    box = reader.get_by_role("combobox", name="搜索")
    box.press_sequentially("ysdx")
    reader.get_by_role("option").first.wait_for()

    assert box.get_attribute("aria-expanded") == "true"
    box.press("ArrowDown")
    active = box.get_attribute("aria-activedescendant")
    assert reader.locator(f"#{active}").get_attribute("aria-selected") == "true"
    assert reader.locator(f"#{active}").inner_text().startswith("燕山大学")
    box.press("Enter")

    reader.wait_for_url("**/zh/bases/yanshan-university/")
    assert reader.faults == []


def test_escape_closes_the_list_and_enter_then_searches(reader, server):
    reader.goto(server + "/en/")
    box = reader.get_by_role("combobox", name="Search")
    box.press_sequentially("offshore")
    reader.get_by_role("option").first.wait_for()

    box.press("Escape")
    assert reader.get_by_role("option").count() == 0
    assert box.input_value() == "offshore"
    box.press("ArrowDown")
    reader.get_by_role("option").first.wait_for()
    box.press("Escape")
    box.press("Enter")

    reader.wait_for_url("**/en/search/?q=offshore")
    assert reader.get_by_role("heading", name="Search", exact=True).count() == 1
    assert reader.locator("mark").count() > 3


def test_a_suggestion_is_clicked(reader, server):
    reader.goto(server + "/zh/search/")
    reader.get_by_role("combobox").press_sequentially("hefei")
    reader.get_by_role("option", name="合肥").first.click()

    reader.wait_for_url("**/zh/bases/hefei/")


def test_the_number_of_suggestions_is_told(reader, server):
    reader.goto(server + "/zh/")
    reader.get_by_role("combobox").press_sequentially("yanshan")
    reader.get_by_role("option").first.wait_for()

    assert reader.locator("[data-suggestions] [role=status]").inner_text() == "2 条建议"


def test_without_javascript_the_form_searches(plain_reader, server):
    plain_reader.goto(server + "/zh/")
    plain_reader.fill("input[type=search]", "燕山大学")
    plain_reader.locator(".search-box button").click()

    assert plain_reader.locator(".hit").count() > 2
    plain_reader.select_option("#search-year", "2022")
    plain_reader.locator(".search-form button").click()
    assert "year=2022" in plain_reader.url


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
