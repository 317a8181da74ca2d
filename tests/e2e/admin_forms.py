"""What staff do in the forms of Wagtail's admin; each step waits for what it brings about."""

import re

from playwright.sync_api import expect

SLIDING = re.compile("none|hidden")
CHOICE = ".modal-body a[data-chooser-modal-choice], .modal-body a.choose-page"
DAY = ".xdsoft_datetimepicker:visible .xdsoft_date:not(.xdsoft_other_month)"
KEY = re.compile(r"^\d+$")
# The editor looks at its form every half second and saves what has changed; it begins two seconds after the page.
AT_REST = """() => {
    const form = document.querySelector("[data-edit-form]");
    const [edits, autosave] = ["w-unsaved", "w-autosave"].map(
        (name) => window.wagtail.app.getControllerForElementAndIdentifier(form, name));
    return !autosave.submitPromise && !edits.hasEditsValue && edits.initialFormData === edits.formData;
}"""


def at_rest(page) -> None:
    """Wait until the page editor watches its form and has saved every change by itself.

    What is clicked to save while the editor saves by itself is sent beside it: a new page would then be made twice.
    """
    page.wait_for_function(AT_REST)


def saved(page) -> None:
    expect(page.locator(".messages li.success").first).to_be_visible()


def open_menu_of_actions(page) -> None:
    page.locator("footer [data-w-dropdown-target=toggle]").click()


def reject(page, comment: str) -> None:
    """Send a page in review back to its author."""
    open_menu_of_actions(page)
    page.locator("footer button[data-workflow-action-name=reject]:visible").first.click()
    page.locator(".modal-body textarea").fill(comment)
    page.locator(".modal-body [type=submit]").click()


def submit(page) -> None:
    """Send what stands in the editor in for review."""
    open_menu_of_actions(page)
    page.locator("button[name=action-submit]").click()
    saved(page)


def write_news(page, server, news_lists, title: str) -> None:
    """Save a new item of the Chinese news as a draft, which then stands in the editor."""
    page.goto(f"{server}/admin/pages/add/news/newspage/{news_lists['zh-hans']}/")
    page.locator("#id_title").fill(title)
    page.locator("#id_date").fill("2026-11-20")
    page.locator("#id_source").fill("新华社")
    at_rest(page)
    page.locator("button.action-save").first.click()
    saved(page)
    expect(page).to_have_url(re.compile("/edit/$"))


def schedule(page, moment: str) -> None:
    """Set the time ("2099-01-01 08:00") from which what stands in the editor is to be public."""
    at_rest(page)
    page.locator("[data-side-panel-toggle=status]").first.click()
    page.locator("[data-a11y-dialog-show=schedule-publishing-dialog]").first.click()
    page.locator("#id_go_live_at").fill(moment)
    page.locator("#schedule-publishing-dialog button.action-save").press("Enter")  # a click would meet the calendar
    saved(page)


def approve(page, address: str) -> None:
    """Approve the step of the review that the page whose editor is at `address` stands at."""
    page.goto(address)
    at_rest(page)
    open_menu_of_actions(page)
    page.locator("footer button[data-workflow-action-name=approve]:visible").first.click()
    saved(page)


def follow(link) -> None:
    """Click a link and wait until the page behind it is there, its scripts included."""
    with link.page.expect_navigation():
        link.click()


def closed(page) -> None:
    expect(page.locator(".modal-body")).to_have_count(0)


def choose(page) -> str:
    """Choose the first item of the open chooser and return its title."""
    link = page.locator(CHOICE).first
    title = link.inner_text().strip()
    link.click()
    closed(page)
    return title


def upload(page, kind: str, path, title: str) -> None:
    """Upload a file inside the open chooser."""
    page.locator(".modal-body [role=tab]").nth(1).click()
    page.set_input_files(f"#id_{kind}-chooser-upload-file", str(path))
    page.fill(f"#id_{kind}-chooser-upload-title", title)
    if kind == "image":
        page.fill("#id_image-chooser-upload-alt_text_zh_hans", "一幅图片")
    page.locator(".modal-body [type=submit]:visible").last.click()
    closed(page)


class BodyEditor:
    """The stream of body blocks in the form of a page."""

    def __init__(self, page):
        self.page, self.section = page, page.locator("section[id$=-body-section]")

    def add(self, label: str) -> None:
        blocks = self.section.locator("[data-streamfield-child]")
        before = blocks.count()
        self.section.locator(".c-sf-add-button").last.click()
        self.page.locator(".w-combobox [role=option]:visible").filter(has_text=re.compile(f"^{label}$")).first.click()
        expect(blocks).not_to_have_count(before)
        # It slides open: what is clicked while it moves may have gone from under the pointer before the button is up again.
        expect(blocks.last).not_to_have_attribute("style", SLIDING)

    def open_chooser(self) -> None:
        block = self.section.locator("[data-streamfield-child]").last
        block.locator("button.chooser__choose-button:visible").last.click()
        expect(self.page.locator(".modal-body")).to_be_visible()
