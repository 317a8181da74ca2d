"""What a browser does with every kind of page: nothing jumps, nothing needs a script, nothing is lost in forced colours."""

import pytest
from playwright.sync_api import expect

from tests.page_types import LANGUAGES, ROUTES

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

PHONE = 390
# Layout Instability, https://wicg.github.io/layout-instability/: the shifts since the page was opened.
SHIFTS = """() => new Promise((resolve) => {
    new PerformanceObserver((list) => resolve(list.getEntries().map((entry) => entry.value)))
        .observe({ type: "layout-shift", buffered: true });
    requestAnimationFrame(() => requestAnimationFrame(() => resolve([])));
})"""
WORDS = "document.querySelector('main').innerText.replace(/\\s+/g, ' ').trim()"
INVISIBLE_FOCUS = """() => [...document.querySelectorAll("a[href], button, input, select, textarea, summary")]
    .filter((element) => element.checkVisibility())
    .filter((element) => { element.focus({ focusVisible: true }); return getComputedStyle(element).outlineStyle === "none"; })
    .map((element) => element.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ROUTES)
def test_nothing_moves_once_it_is_shown(visit, language, kind):
    page = visit(f"/{language}/{ROUTES[kind]}", width=PHONE)
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    assert page.evaluate(SHIFTS) == []


@pytest.mark.parametrize("kind", ROUTES)
def test_every_word_is_there_without_javascript(visit, kind):
    path = f"/zh/{ROUTES[kind]}"
    with_scripts = visit(path).evaluate(WORDS)
    plain = visit(path, java_script_enabled=False)
    expect(plain.locator("h1")).to_be_visible()
    assert " ".join(plain.locator("main").inner_text().split()) == with_scripts


@pytest.mark.parametrize("kind", ROUTES)
def test_the_focus_is_seen_on_everything_that_takes_it(visit, kind):
    page = visit(f"/en/{ROUTES[kind]}", forced_colors="active")
    assert page.evaluate(INVISIBLE_FOCUS) == []


@pytest.mark.parametrize("kind", ["home", "directory", "base", "figures"])
def test_what_is_drawn_keeps_its_edges_in_forced_colours(visit, kind):
    page = visit(f"/zh/{ROUTES[kind]}", forced_colors="active")
    for tile in page.locator(".atlas__tile").all()[:3]:
        assert tile.evaluate("element => getComputedStyle(element).borderTopStyle") == "solid"
    for line in page.locator(".figure-chart__line").all()[:3]:
        assert line.evaluate("element => getComputedStyle(element).stroke") != "none"


@pytest.mark.parametrize("kind", ["directory", "search", "enquiry form"])
def test_a_button_that_sends_a_form_keeps_its_edges_in_forced_colours(visit, kind):
    page = visit(f"/en/{ROUTES[kind]}", forced_colors="active")
    for button in page.locator("main button[type=submit]").all():
        expect(button).to_have_css("border-top-style", "solid")
