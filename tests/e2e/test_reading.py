"""What a reader meets in a real browser, on a phone and at a desk, in both languages, by day and by night."""

import re

import pytest
from playwright.sync_api import expect

from tests.page_types import LANGUAGES, ROUTES

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

PHONE, ZOOMED, DESK, NARROWEST = 390, 640, 1280, 320  # CSS pixels; zoomed: a desk at 200 %
LARGE_TYPE = ({"size": "largest"}, {"size": "largest", "easy": "on"})
WIDTH = "document.documentElement.scrollWidth"
WIDTH_WITH = f"choices => {{ Object.assign(document.documentElement.dataset, {{ easy: '' }}, choices); return {WIDTH} }}"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("route", ROUTES.values())
def test_every_page_type_fits_every_width_without_sideways_scrolling(visit, language, route):
    page = visit(f"/{language}/{route}")
    for width in (NARROWEST, PHONE, ZOOMED, DESK):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_function("width => innerWidth === width", arg=width)
        assert page.evaluate(WIDTH) <= width, width
    for width in (NARROWEST, PHONE):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_function("width => innerWidth === width", arg=width)
        for choices in LARGE_TYPE:
            assert page.evaluate(WIDTH_WITH, choices) <= width, (width, choices)


def test_the_facts_of_a_base_leave_room_to_their_values(visit):
    page = visit("/en/bases/hangzhou-offshore/", width=NARROWEST)
    page.evaluate(WIDTH_WITH, {"size": "largest"})
    for value in page.locator(".facts dd").all():
        assert value.bounding_box()["width"] > NARROWEST / 2


@pytest.mark.parametrize("route", ["", "bases/", "news/yanshan-university-accredited/"])
def test_the_dark_scheme_changes_the_paper_and_keeps_the_text_readable(visit, route):
    colours = {}
    for scheme in ("light", "dark"):
        page = visit(f"/zh/{route}", color_scheme=scheme)
        colours[scheme] = page.evaluate(
            "(() => { const style = getComputedStyle(document.body); return [style.backgroundColor, style.color] })()"
        )
        assert _contrast(*colours[scheme]) >= 7
    assert colours["light"] != colours["dark"]


def _contrast(one: str, other: str) -> float:
    """Return the contrast ratio (WCAG 2.2) of two CSS colours of the form rgb(r, g, b)."""

    def luminance(colour: str) -> float:
        channels = [int(part) / 255 for part in colour.strip("rgb()").split(",")]
        linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_the_first_tab_stop_leads_to_the_content(visit):
    page = visit("/zh/")
    page.keyboard.press("Tab")
    expect(page.locator("a[href='#main']")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#main$"))


def test_the_switch_leads_to_the_same_page_and_back_with_the_query_kept(visit, server):
    page = visit("/zh/bases/?kind=offshore&province=330000")
    page.get_by_role("link", name="English", exact=True).click()
    expect(page).to_have_url(f"{server}/en/bases/?kind=offshore&province=330000")
    page.get_by_role("link", name="中文", exact=True).click()
    expect(page).to_have_url(f"{server}/zh/bases/?kind=offshore&province=330000")


def test_a_reader_finds_a_base_by_facets_and_opens_it_without_javascript(visit, server):
    page = visit("/en/bases/", java_script_enabled=False)
    page.get_by_role("link", name="Working base").first.click()
    expect(page).to_have_url(f"{server}/en/bases/?kind=working")
    page.get_by_label("Name, place or pinyin").fill("yanshan")
    page.get_by_role("button", name="Find").click()
    expect(page).to_have_url(re.compile("kind=working.*q=yanshan|q=yanshan.*kind=working"))
    page.get_by_role("link", name="Yanshan University", exact=True).click()
    expect(page).to_have_url(f"{server}/en/bases/yanshan-university/")
    expect(page.locator("h1")).to_have_text(re.compile(r"\(Yanshan University\)\s*$"))


def test_a_tile_of_the_atlas_filters_the_directory_by_keyboard(visit):
    page = visit("/zh/bases/")
    page.locator(".atlas__tile", has_text="河北").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("province=130000$"))
    expect(page.locator(".base-card")).to_have_count(1)


def test_nothing_is_stored_in_the_readers_browser(visit):
    page = visit("/zh/news/yanshan-university-accredited/")
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length") == 0
