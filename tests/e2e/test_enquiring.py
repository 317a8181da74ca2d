"""Writing to a base in a browser: by keyboard alone, through the errors, without JavaScript; and the answer in the admin."""

import pytest
from django.conf import settings
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

PATIENCE = 60_000  # milliseconds: the suite's other worker keeps the machine busy


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def reader(browser, request):
    context = browser.new_context(java_script_enabled=request.param, viewport={"width": 390, "height": 800})
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.faults = []
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.on("console", lambda message: message.type == "error" and page.faults.append(message.text))
    yield page
    context.close()


def tab_to(page, selector: str) -> None:
    """Press the tabulator until the focus is on `selector`."""
    for _press in range(80):
        page.keyboard.press("Tab")
        if page.locator(f"{selector}:focus").count():
            return
    pytest.fail(f"the keyboard does not reach {selector}")


def test_an_enquiry_is_written_by_keyboard_alone_in_spite_of_mistakes(reader, server):
    reader.goto(server + "/en/bases/yanshan-university/")
    tab_to(reader, "a[href='/en/enquiry/?base=yanshan-university']")
    reader.keyboard.press("Enter")
    expect(reader.get_by_role("heading", level=1)).to_have_text("Write to the HOME Program", timeout=PATIENCE)
    expect(reader.get_by_label("To", exact=True)).to_have_value("yanshan-university")

    tab_to(reader, "#enquiry-message")
    reader.keyboard.type("I work on new materials.")
    tab_to(reader, "#enquiry-email")
    reader.keyboard.type("ada at example")
    reader.keyboard.press("Enter")

    expect(reader.locator(".error-summary")).to_be_focused(timeout=PATIENCE)
    expect(reader.locator(".error-summary a")).to_have_count(4)
    expect(reader.get_by_label("Your message")).to_have_value("I work on new materials.")
    tab_to(reader, ".error-summary a[href='#enquiry-kind']")
    reader.keyboard.press("Enter")
    expect(reader.get_by_label("Subject")).to_be_focused()
    reader.keyboard.press("ArrowDown")
    tab_to(reader, "#enquiry-name")
    reader.keyboard.type("Ada Obi")
    tab_to(reader, "#enquiry-email")
    reader.keyboard.press("ControlOrMeta+a")
    reader.keyboard.type("ada@example.org")
    tab_to(reader, "#enquiry-consent")
    reader.keyboard.press("Space")
    tab_to(reader, ".form button")
    reader.keyboard.press("Enter")

    expect(reader.get_by_role("heading", level=1)).to_have_text("We have received your enquiry", timeout=PATIENCE)
    expect(reader.locator(".reference")).to_have_text(f"{reader.url[-10:-1]}")
    assert reader.context.cookies() == []
    assert reader.faults == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_form_and_its_errors_fit_a_narrow_phone(reader, server, language):
    reader.set_viewport_size({"width": 320, "height": 700})
    reader.goto(f"{server}/{language}/enquiry/")
    reader.locator(".form button").click()
    expect(reader.locator(".error-summary")).to_be_visible(timeout=PATIENCE)

    assert reader.locator("html").evaluate("element => element.scrollWidth") <= 320
    expect(reader.locator("#enquiry-remark")).not_to_be_in_viewport()


def test_a_reviewer_answers_what_was_written(browser, server, sign_in):
    context = browser.new_context()
    context.set_default_timeout(PATIENCE)
    sender = context.new_page()
    sender.goto(server + "/zh/enquiry/")
    sender.get_by_label("事项").select_option("proposal")
    for label, text in (("来信内容", "建议一项合作。"), ("姓名", "李明"), ("电子邮箱", "li@example.org")):
        sender.get_by_label(label).fill(text)
    sender.get_by_label("我同意").check()
    sender.get_by_role("button", name="发送").click()
    reference = sender.locator(".reference").inner_text()
    context.close()

    desk = sign_in("reviewer")
    desk.goto(f"{server}/{settings.ADMIN_PATH}enquiries/")
    desk.get_by_role("link", name=reference, exact=True).click()
    expect(desk.get_by_text("建议一项合作。")).to_be_visible(timeout=PATIENCE)
    desk.get_by_role("link", name="答复", exact=True).click()
    desk.get_by_label("答复", exact=False).last.fill("谢谢您的建议。")
    desk.get_by_role("button", name="发出答复").click()

    expect(desk.get_by_text(f"对{reference}的答复已发出。")).to_be_visible(timeout=PATIENCE)
    expect(desk.get_by_text("谢谢您的建议。")).to_be_visible()
