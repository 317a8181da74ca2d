"""Staff at work under the admin's content security policy: nothing is refused, and what is chosen and written is kept."""

import re

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.e2e.admin_forms import (
    DAY,
    KEY,
    BodyEditor,
    at_rest,
    choose,
    closed,
    follow,
    open_menu_of_actions,
    reject,
    saved,
    upload,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

TITLE = "策略之旅"
LISTEN = """
window.addEventListener('securitypolicyviolation', (event) => console.error(
  'refused: ' + [event.effectiveDirective, event.blockedURI, event.sample, event.sourceFile].join(' ')), true);
"""


class Desk:
    """A member of staff's browser page and what the policy refused there."""

    def __init__(self, page, admin: str, refused: list, faults: list):
        self.page, self.admin, self.refused, self.faults = page, admin, refused, faults
        page.context.add_init_script(LISTEN)
        page.on("console", self._hear)
        page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
        page.on("dialog", self._answer)
        page.on("response", lambda answer: faults.append(f"{answer.status}: {answer.url}") if answer.status >= 500 else None)

    def _hear(self, message):
        if message.text.startswith("refused: ") or "Content Security Policy" in message.text:
            self.refused.append(f"{self.page.url}: {message.text}")

    def _answer(self, dialog):
        if dialog.type == "alert":  # Wagtail's choosers tell of a request that failed
            self.faults.append(f"{self.page.url}: {dialog.message}")
        dialog.accept()

    def open(self, path: str):
        response = self.page.goto(self.admin + path)
        assert response.status == 200, path
        return self.page


@pytest.fixture
def desk(sign_in, server):
    """A function that returns the Desk of a role; in the end nothing may have been refused at any of them."""
    refused, faults = [], []
    yield lambda role: Desk(sign_in(role), f"{server}/admin/", refused, faults)
    assert refused == []
    assert faults == []


@pytest.fixture
def picture(tmp_path):
    path = tmp_path / "picture.png"
    Image.new("RGB", (640, 400), "teal").save(path)
    return path


def test_a_news_item_is_written_illustrated_and_sent_to_review(desk, news_lists, picture, tmp_path):
    page = desk("writer").open(f"pages/add/news/newspage/{news_lists['zh-hans']}/")
    at_rest(page)
    page.fill("#id_title", TITLE)
    page.fill("#id_date", "2026-11-20")
    page.fill("#id_source", "新华社")
    at_rest(page)

    page.locator("#id_lead_image-chooser button:visible").first.click()
    upload(page, "image", picture, "旅途图片")
    expect(page.locator("#id_lead_image")).to_have_value(KEY)

    page.click("#id_concerned_bases-OPEN_MODAL")
    for place in (0, 1):
        page.locator(".modal-body input[type=checkbox][name=id]").nth(place).check()
    page.locator(".modal-body [type=submit]:visible").last.click()
    closed(page)
    bases = [page.locator(f"#id_concerned_bases-{place}-base") for place in (0, 1)]
    for base in bases:
        expect(base).to_have_value(KEY)
    assert bases[0].input_value() != bases[1].input_value()

    page.click("#id_corrections-ADD")
    page.click("#id_corrections-0-date")
    page.locator(DAY).nth(9).click()
    expect(page.locator("#id_corrections-0-date")).to_have_value(re.compile("-10$"))
    page.fill("#id_corrections-0-text", "更正一处。")

    body = BodyEditor(page)
    body.add("文字")
    text = page.locator(".public-DraftEditor-content").last
    text.click()
    expect(text).to_be_focused()
    page.keyboard.type("基地介绍")
    for keys in ("Control+a", "Control+b", "Control+c", "End", "Enter"):
        page.keyboard.press(keys)
    page.keyboard.type("首页")
    expect(text).to_have_text(re.compile("基地介绍\\s*首页"))
    page.keyboard.press("Shift+Home")
    page.keyboard.press("Control+k")
    assert choose(page)
    expect(text.locator(".Draftail-Entity, .TooltipEntity")).to_have_count(1)
    expect(page.locator("style")).to_have_count(0)

    for label, choice in (("图片", "旅途图片"), ("带日期的数字", ""), ("相关链接", "")):
        body.add(label)
        body.open_chooser()
        assert choice in choose(page)
    document = tmp_path / "document.txt"
    document.write_text("正文")
    body.add("文档")
    page.route("**/documents/chooser/**", lambda route: route.abort(), times=1)
    body.section.locator("button.chooser__choose-button:visible").last.click()
    expect(page.locator(".messages li.error")).to_contain_text("没有打开")
    body.open_chooser()
    upload(page, "document", document, "旅途文件")

    page.locator("[data-side-panel-toggle=preview]").click()
    expect(page.frame_locator("#w-preview-iframe").locator("h1")).to_have_text(TITLE)
    at_rest(page)
    item = re.search(r"/pages/(\d+)/edit/", page.url).group(1)

    open_menu_of_actions(page)
    page.locator("button[name=action-submit]").click()
    saved(page)

    reviewer = desk("reviewer")
    page = reviewer.open(f"pages/{item}/edit/")
    reject(page, "请补充来源")
    saved(page)

    chief = desk("chief-editor")
    page = chief.open(f"pages/{item}/edit/")
    page.fill("#id_summary", "主编的摘要。")
    at_rest(page)
    page.locator("button.action-save").first.click()
    saved(page)
    for action in ("revert", "compare"):
        page = chief.open(f"pages/{item}/history/")
        page.locator("main table [data-w-dropdown-target=toggle]").last.click()
        follow(page.locator(f".tippy-box a[href*='/{action}/']").first)
        expect(page).to_have_url(re.compile(f"/{action}/"))
    chief.open(f"pages/{item}/edit/")


def test_the_chief_editor_schedules_and_moves(desk, news_lists):
    chief = desk("chief-editor")
    page = chief.open(f"pages/{news_lists['en']}/")
    item = page.locator("main table a[href*='/edit/']").first.get_attribute("href").split("/pages/")[1].split("/")[0]

    page = chief.open(f"pages/{item}/edit/")
    page.locator("[data-side-panel-toggle=status]").click()
    page.locator("button[data-a11y-dialog-show=schedule-publishing-dialog]:visible").first.click()
    page.click("#id_expire_at")
    page.locator(".xdsoft_datetimepicker:visible .xdsoft_next").first.click()
    page.locator(DAY).nth(9).click()
    expect(page.locator("#id_expire_at")).to_have_value(re.compile("-10 "))
    expiry = page.input_value("#id_expire_at")
    at_rest(page)
    page.locator("#schedule-publishing-dialog button.action-save:visible").first.dispatch_event("click")
    saved(page)
    expect(chief.open(f"pages/{item}/edit/").locator("#id_expire_at")).to_have_value(expiry)

    page.locator("[data-a11y-dialog-show=set-privacy]:visible").first.click()
    expect(page.locator("[role=dialog]:visible input[type=radio]").first).to_be_visible()

    page = chief.open(f"pages/{item}/move/")
    page.locator("main button[data-chooser-action-choose], main button[data-chooser-action-choose='']").first.dispatch_event(
        "click"
    )
    assert choose(page)
    expect(page.locator("#id_new_parent_page")).to_have_value(KEY)
    for dialog in ("copy", "unpublish", "delete"):
        chief.open(f"pages/{item}/{dialog}/")

    page = chief.open(f"pages/{news_lists['en']}/")
    for place in (0, 1):
        page.locator("[data-bulk-action-checkbox]").nth(place).check()
    follow(page.locator("a[data-bulk-action-button]:visible").first)
    expect(page).to_have_url(re.compile("/bulk/wagtailcore/page/"))
    assert page.url.count("id=") == 2


def test_records_and_pictures_are_kept_in_order(desk, picture):
    chief = desk("chief-editor")
    page = chief.open("images/multiple/add/")
    page.set_input_files("#fileupload", str(picture))
    expect(page.locator("#upload-list [type=submit], #upload-list button").first).to_be_visible()

    page = chief.open("images/?q=")
    follow(page.locator("main a[href*='/images/']").filter(has=page.locator("img")).first)
    expect(page.locator("#jcrop-holder-input")).to_be_attached()
    chooser = page.locator(".focal-point-chooser")
    chooser.scroll_into_view_if_needed()
    box = chooser.bounding_box()
    page.mouse.move(box["x"] + 20, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + 120, box["y"] + 90, steps=5)
    page.mouse.up()
    expect(page.locator("#id_focal_point_width")).to_have_value(re.compile(r"^[1-9]\d+$"))

    page = chief.open("snippets/bases/base/")
    follow(page.locator("main table a[href*='/edit/']").first)
    add = page.locator("#id_evaluations-ADD")
    panel = add.evaluate("button => button.closest('[role=tabpanel]').id")
    page.locator(f"main [role=tab][aria-controls={panel}]").click()
    place = page.input_value("#id_evaluations-TOTAL_FORMS")
    add.click()
    expect(page.locator(f"#inline_child_evaluations-{place}")).to_be_visible()
    page.keyboard.press("?")
    expect(page.locator("[role=dialog]:visible")).to_be_visible()


def test_the_administrator_looks_after_settings_people_and_reports(desk):
    administrator = desk("administrator")
    page = administrator.open("redirects/add/")
    page.fill("#id_old_path", "/alte-adresse/")
    page.locator("button.chooser__choose-button:visible").first.click()
    assert choose(page)
    expect(page.locator("#id_redirect_page")).to_have_value(KEY)
    page.locator("main button[type=submit], main input[type=submit]").first.click()
    saved(page)

    page = administrator.open("settings/portal/sitesettings/")
    page.locator("main button[type=submit]:visible, footer button[type=submit]:visible").first.click()
    saved(page)
    administrator.open("reports/refused-by-browsers/")


def test_every_kind_of_admin_page_opens_without_anything_refused(desk, server, capsys):
    """Follow the links of the admin, one address of each shape."""
    visited = 0
    for role in ("chief-editor", "administrator"):
        person = desk(role)
        person.page.goto(person.admin)
        waiting, shapes = [person.admin], set()
        while waiting:
            address = waiting.pop(0)
            shape = re.sub(r"\d+", "N", address)
            if shape in shapes or any(part in address for part in ("/logout", "/export", "/bulk/")):
                continue
            shapes.add(shape)
            person.page.goto(address)
            visited += 1
            found = person.page.evaluate("[...document.querySelectorAll('a[href]')].map((link) => link.href.split(/[?#]/)[0])")
            waiting += [link for link in found if link.startswith(person.admin)]
    with capsys.disabled():
        print(f"\nadmin pages opened under the content security policy: {visited}, refused: 0")
    assert visited > 60
