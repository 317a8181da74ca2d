"""The reading tools: what a reader chooses holds on every page, and stays in the reader's browser."""

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
ARTICLE = "/zh/news/home-forum-2023/"


@pytest.fixture
def reader(browser, server):
    """A page of a fresh browser, at a desk."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, permissions=["clipboard-read", "clipboard-write"])
    yield context.new_page()
    context.close()


def root_size(page) -> float:
    return page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)")


def test_a_text_size_is_kept_from_page_to_page_and_taken_back(reader, server):
    reader.goto(server + ARTICLE)
    standard = root_size(reader)
    reader.get_by_role("button", name="特大").click()
    assert root_size(reader) > standard * 1.4
    reader.goto(server + "/en/bases/")
    assert root_size(reader) > standard * 1.4
    assert reader.get_by_role("button", name="Largest").get_attribute("aria-pressed") == "true"
    reader.get_by_role("button", name="Standard").click()
    assert root_size(reader) == standard
    assert reader.evaluate("localStorage.length") == 0


def test_a_choice_is_applied_before_the_page_is_painted(reader, server):
    reader.goto(server + ARTICLE)
    reader.get_by_role("button", name="高对比度").click()
    reader.add_init_script(
        "new MutationObserver((_, observer) => { if (document.body) {"
        " window.contrastAtBody = document.documentElement.dataset.contrast; observer.disconnect(); } })"
        ".observe(document, { childList: true, subtree: true })"
    )
    reader.reload()
    assert reader.evaluate("window.contrastAtBody") == "high"


def test_high_contrast_sets_black_on_white(reader, server):
    reader.goto(server + ARTICLE)
    reader.get_by_role("button", name="高对比度").click()
    style = "getComputedStyle(document.body)"
    assert reader.evaluate(f"[{style}.color, {style}.backgroundColor]") == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]


@pytest.mark.parametrize("path", [ARTICLE, "/zh/bases/", "/en/programme/kinds-of-base/", "/en/"])
@pytest.mark.parametrize("width", [320, 1280])
def test_easy_reading_sets_one_column_of_larger_type_without_extras(reader, server, path, width):
    reader.set_viewport_size({"width": width, "height": 900})
    reader.goto(server + path)
    standard = root_size(reader)
    reader.locator("[data-reading=easy]").click()
    assert root_size(reader) > standard * 1.25
    for extra in reader.locator(".beside, .article__aside").all():
        assert not extra.is_visible()
    assert reader.evaluate("document.documentElement.scrollWidth") <= width


def test_the_link_is_copied_as_the_canonical_address(reader, server):
    reader.goto(server + ARTICLE + "?from=somewhere")
    reader.get_by_role("button", name="复制链接").click()
    reader.get_by_text("链接已复制。").wait_for()
    reader.locator("header input[type=search]").focus()
    reader.keyboard.press("Control+v")
    assert reader.locator("header input[type=search]").input_value() == server + ARTICLE


def test_the_tools_are_worked_by_keyboard(reader, server):
    reader.goto(server + ARTICLE)
    reader.get_by_role("button", name="关怀版").focus()
    reader.keyboard.press("Space")
    assert reader.evaluate("document.documentElement.dataset.easy") == "on"


def test_without_javascript_the_tools_are_not_shown(browser, server):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(server + ARTICLE)
    assert not page.locator(".reading-tools").is_visible()
    context.close()


def test_nothing_is_kept_when_storage_is_switched_off(reader, server):
    reader.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('off') } })")
    complaints = []
    reader.on("pageerror", lambda error: complaints.append(str(error)))
    reader.goto(server + ARTICLE)
    reader.get_by_role("button", name="特大").click()
    assert reader.evaluate("document.documentElement.dataset.size") == "largest"
    assert complaints == []


@pytest.mark.parametrize(
    ("system", "button", "paper"), [("light", "深色", "rgb(18, 22, 29)"), ("dark", "浅色", "rgb(251, 249, 244)")]
)
def test_light_or_dark_is_chosen_against_the_systems_wish(reader, server, system, button, paper):
    reader.emulate_media(color_scheme=system)
    reader.goto(server + ARTICLE)
    body = reader.locator("body")
    expect(body).not_to_have_css("background-color", paper)
    reader.get_by_role("button", name=button, exact=True).click()
    expect(body).to_have_css("background-color", paper)
    reader.goto(server + "/en/bases/")
    expect(body).to_have_css("background-color", paper)
    reader.emulate_media(media="print", color_scheme=system)
    expect(body).to_have_css("background-color", "rgb(255, 255, 255)")


def test_the_contents_mark_the_part_that_is_read(reader, server):
    reader.goto(server + "/zh/programme/kinds-of-base/")
    links = reader.locator(".contents a")
    expect(links.nth(2)).to_be_visible()
    links.nth(2).click()
    expect(links.nth(2)).to_have_attribute("aria-current", "location")
    expect(reader.locator(".contents a[aria-current]")).to_have_count(1)
