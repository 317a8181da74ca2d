"""What is on paper: the whole text in a size of its own, which part of a list it is, and nothing to click."""

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
CHOOSE = "Object.assign(document.documentElement.dataset, { size: 'largest', easy: 'on', contrast: 'high' })"
SIZES = (
    """() => ["body", "h1", "h2", ".base-card__facts"].map((name) => getComputedStyle(document.querySelector(name)).fontSize)"""
)


@pytest.fixture
def printed(visit):
    """A function that opens a page as it is printed."""

    def open_page(path: str):
        page = visit(path)
        page.emulate_media(media="print")
        return page

    return open_page


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("/zh/bases/", "第1页，共2页"),
        ("/en/bases/?page=2", "Page 2 of 2"),
        ("/zh/news/", "第1页，共"),
        ("/en/news/", "Page 1 of "),
    ],
)
def test_a_list_of_several_pages_says_which_of_them_is_printed(printed, path, place):
    page = printed(path)
    expect(page.locator(".printed-place")).to_contain_text(place)
    expect(page.locator(".printed-place")).to_be_visible()
    page.emulate_media(media="screen")
    expect(page.locator(".printed-place")).to_be_hidden()


def test_paper_knows_nothing_of_the_size_and_the_easy_reading_of_the_screen(printed):
    page = printed("/zh/bases/?kind=offshore")
    sizes = page.evaluate(SIZES)
    page.evaluate(CHOOSE)
    assert page.evaluate(SIZES) == sizes
    expect(page.locator(".directory__chosen .more")).to_be_hidden()


def test_what_is_folded_away_is_printed_with_its_table(printed):
    page = printed("/zh/programme/figures-and-sources/")
    folded = page.locator("main details:not([open])")
    assert folded.count()
    for details in folded.all():
        cell = details.locator("td").last
        assert cell.evaluate("cell => cell.checkVisibility({ contentVisibilityAuto: true })")
        assert cell.bounding_box()["height"] > 0


def test_a_table_is_divided_between_sheets_and_stays_with_its_heading(printed):
    page = printed("/zh/programme/figures-and-sources/")
    expect(page.locator(".table-frame").first).to_have_css("overflow", "visible")
    expect(page.locator("caption").first).to_have_css("break-after", "avoid")
    expect(page.locator("tbody tr").first).to_have_css("break-before", "avoid")
    expect(page.locator("thead").first).to_have_css("display", "table-header-group")


def test_a_printed_form_has_no_button(printed):
    expect(printed("/en/enquiry/").locator("main button").first).to_be_hidden()
