"""The portal by keyboard: every link, button and field in the order of the page, and a reader's way through it."""

import re

import pytest
from playwright.sync_api import expect

from tests.page_types import ROUTES

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

MOST_STEPS = 250
#: What Tab leads to, in the order of the page: of radio buttons of one name, the chosen or the first one.
STOPS = """() => {
    const radios = new Set();
    return [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")]
        .filter((element) => element.tabIndex >= 0 && !element.disabled && element.type !== "hidden")
        .filter((element) => element.checkVisibility())
        .filter((element) => element.type !== "radio" || !radios.has(element.name) && radios.add(element.name)).length;
}"""
#: Numbers what has the focus by its place in the page, and tells whether it is seen and drawn within the window.
FOCUSED = """() => {
    const element = document.activeElement, box = element.getBoundingClientRect();
    const all = [...document.querySelectorAll("*")];
    const within = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
    return [all.indexOf(element), within && getComputedStyle(element).outlineStyle !== "none", element.outerHTML.slice(0, 120)];
}"""


def tab_to(page, target) -> None:
    """Press Tab until `target` has the focus."""
    expect(target).to_be_attached()
    for _step in range(MOST_STEPS):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            return
    pytest.fail(f"Tab does not lead to {target}")


def enter(page) -> None:
    with page.expect_navigation():
        page.keyboard.press("Enter")


@pytest.mark.parametrize("kind", ROUTES)
def test_tab_leads_through_everything_in_the_order_of_the_page(visit, kind):
    page = visit(f"/zh/{ROUTES[kind]}", reduced_motion="reduce")  # else the page is still on its way to the focus
    stops, places, unseen = page.evaluate(STOPS), [], []
    for _stop in range(stops):
        page.keyboard.press("Tab")
        place, seen, html = page.evaluate(FOCUSED)
        places.append(place)
        if not seen:
            unseen.append(html)
    assert stops > 10
    assert places == sorted(set(places))
    assert unseen == []


def test_a_reader_goes_from_the_front_page_to_a_base_and_on_in_english_by_keyboard(visit):
    page = visit("/zh/")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_attribute("href", "#main")
    page.keyboard.press("Enter")
    tab_to(page, page.locator("main a").first)

    page = visit("/zh/")
    tab_to(page, page.locator(".main-menu a[href='/zh/bases/']"))
    enter(page)
    tab_to(page, page.locator("a.atlas__tile[href*='province=130000']"))
    enter(page)
    expect(page).to_have_url(re.compile(r"province=130000"))
    tab_to(page, page.locator("main a[href='/zh/bases/yanshan-university/']").first)
    enter(page)
    tab_to(page, page.locator("a.language-switch").first)
    enter(page)
    expect(page).to_have_url(re.compile(r"/en/bases/yanshan-university/$"))
    expect(page.locator("h1")).to_contain_text("Yanshan")

    tab_to(page, page.locator("header input[name=q]"))
    page.keyboard.type("Yanshan University")
    enter(page)
    tab_to(page, page.locator(".hit__title a").filter(has_text="Yanshan").first)
    enter(page)
    expect(page.locator("h1")).to_contain_text("Yanshan")
