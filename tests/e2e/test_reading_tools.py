"""The reading tools: what a reader chooses holds on every page, and stays in the reader's browser."""

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
ARTICLE = "/zh/news/home-forum-2023/"


@pytest.fixture
def reader(open_context):
    """A page of a fresh browser, at a desk."""
    permissions = ["clipboard-read", "clipboard-write"]
    return open_context(viewport={"width": 1280, "height": 900}, permissions=permissions).new_page()


def root_size(page) -> float:
    return page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)")


def press(button) -> None:
    """Click a tool and wait until it tells that its choice is made."""
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")


def test_a_text_size_is_kept_from_page_to_page_and_taken_back(reader, server):
    reader.goto(server + ARTICLE)
    standard = root_size(reader)
    press(reader.get_by_role("button", name="特大"))
    assert root_size(reader) > standard * 1.4
    reader.goto(server + "/en/bases/")
    expect(reader.get_by_role("button", name="Largest")).to_have_attribute("aria-pressed", "true")
    assert root_size(reader) > standard * 1.4
    press(reader.get_by_role("button", name="Standard"))
    assert root_size(reader) == standard
    assert reader.evaluate("localStorage.length") == 0


def test_a_choice_is_applied_before_the_page_is_painted(reader, server):
    reader.goto(server + ARTICLE)
    press(reader.get_by_role("button", name="高对比度"))
    reader.add_init_script(
        "new MutationObserver((_, observer) => { if (document.body) {"
        " window.contrastAtBody = document.documentElement.dataset.contrast; observer.disconnect(); } })"
        ".observe(document, { childList: true, subtree: true })"
    )
    reader.reload()
    assert reader.evaluate("window.contrastAtBody") == "high"


def test_high_contrast_sets_black_on_white(reader, server):
    reader.goto(server + ARTICLE)
    press(reader.get_by_role("button", name="高对比度"))
    style = "getComputedStyle(document.body)"
    assert reader.evaluate(f"[{style}.color, {style}.backgroundColor]") == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]


@pytest.mark.parametrize("path", [ARTICLE, "/zh/bases/", "/en/programme/kinds-of-base/", "/en/"])
@pytest.mark.parametrize("width", [320, 1280])
def test_easy_reading_sets_one_column_of_larger_type_without_extras(reader, server, path, width):
    reader.set_viewport_size({"width": width, "height": 900})
    reader.goto(server + path)
    standard = root_size(reader)
    press(reader.locator("[data-reading=easy]"))
    assert root_size(reader) > standard * 1.25
    for extra in reader.locator(".beside, .article__aside").all():
        expect(extra).to_be_hidden()
    assert reader.evaluate("document.documentElement.scrollWidth") <= width


def test_easy_reading_is_never_smaller_than_the_chosen_size_and_grows_with_it(reader, server):
    reader.goto(server + ARTICLE)
    sizes = []
    for name in ("标准", "大", "特大"):
        press(reader.get_by_role("button", name=name, exact=True))
        chosen = root_size(reader)
        press(reader.locator("[data-reading=easy]"))
        sizes.append(root_size(reader))
        assert sizes[-1] > chosen
        reader.locator("[data-reading=easy]").click()
        assert root_size(reader) == chosen
    assert sizes == sorted(set(sizes))


def test_the_link_is_copied_as_the_canonical_address(reader, server):
    reader.goto(server + ARTICLE + "?from=somewhere")
    reader.get_by_role("button", name="复制链接").click()
    expect(reader.get_by_text("链接已复制。")).to_be_visible()
    reader.locator("header input[type=search]").focus()
    reader.keyboard.press("Control+v")
    expect(reader.locator("header input[type=search]")).to_have_value(server + ARTICLE)


def test_the_tools_are_worked_by_keyboard(reader, server):
    reader.goto(server + ARTICLE)
    reader.get_by_role("button", name="关怀版").focus()
    reader.keyboard.press("Space")
    expect(reader.locator("html")).to_have_attribute("data-easy", "on")


def test_without_javascript_the_tools_are_not_shown(open_context, server):
    page = open_context(java_script_enabled=False).new_page()
    page.goto(server + ARTICLE)
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(".reading-tools")).to_be_hidden()


def test_nothing_is_kept_when_storage_is_switched_off(reader, server):
    reader.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('off') } })")
    complaints = []
    reader.on("pageerror", lambda error: complaints.append(str(error)))
    reader.goto(server + ARTICLE)
    press(reader.get_by_role("button", name="特大"))
    expect(reader.locator("html")).to_have_attribute("data-size", "largest")
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
    reader.keyboard.press("Control+End")
    expect(links.last).to_have_attribute("aria-current", "location")
    reader.keyboard.press("Control+Home")
    expect(reader.locator(".contents a[aria-current]")).to_have_count(0)


# A voice on the device that says everything at once, into window.said.
VOICE = """
window.said = [];
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
Object.defineProperty(window, "speechSynthesis", { value: {
    getVoices: () => [{ localService: true, lang: "zh-CN" }],
    speak(speech) { said.push(speech.text); speech.onend(); },
    cancel() {},
} });
"""
NESTED = "<ol><li>外层<b>一</b>。<ul><li>里层。</li></ul></li></ol><p hidden>看不见的。</p>"


def test_tables_and_nested_lists_are_read_aloud_in_their_order_and_nothing_hidden(reader, server):
    reader.add_init_script(VOICE)
    reader.goto(server + "/zh/programme/figures-and-sources/")
    reader.evaluate("html => document.querySelector('.article__body').insertAdjacentHTML('afterbegin', html)", NESTED)
    reader.locator("[data-read-aloud]").click()
    said = reader.evaluate("said")
    start = said.index("外层一。")
    assert said[start + 1] == "里层。"
    assert "看不见的。" not in said
    table = reader.locator(".article__body table").first
    cells = [cell for cell in table.locator("caption, th, td").all_inner_texts() if "；" not in cell]
    assert cells
    assert [cell for cell in cells if cell not in said] == []
