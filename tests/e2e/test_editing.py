"""Staff at work in Wagtail's own admin, each with the rights of their role."""

import datetime

import pytest
from playwright.sync_api import expect

from tests.e2e.admin_forms import approve, at_rest, follow, reject, saved, submit, write_news

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

TITLE = "第3届海智大会在秦皇岛举行"
SLUG = "di-3-jie-hai-zhi-da-hui-zai-qin-huang-dao-ju-xing"
TELL_OF_AUTOSAVE = "addEventListener('w-autosave:save', (event) => console.log('autosave stopped:', event.defaultPrevented))"


def test_each_person_works_in_a_language_of_their_own(sign_in):
    for role, language in (("writer", "zh-hans"), ("translator", "en")):
        expect(sign_in(role).locator("html")).to_have_attribute("lang", language)


def test_a_draft_by_a_writer_is_public_after_three_approvals_and_a_promise_of_the_english(
    sign_in, open_context, server, news_lists
):
    writer = sign_in("writer")
    write_news(writer, server, news_lists, TITLE)
    expect(writer.locator("button.action-save").first).to_be_visible()
    expect(writer.locator("button[name=action-publish]")).to_have_count(0)
    edit_address = writer.url
    submit(writer)

    for person in ("reviewer", "second-reviewer", "chief-editor"):
        reviewer = sign_in(person)
        approve(reviewer, edit_address)
        assert writer.request.get(f"{server}/zh/news/{SLUG}/").status == 404
    reviewer.goto(edit_address)
    expect(reviewer.locator("#id_slug")).to_have_value(SLUG)
    expect(reviewer.locator("button[name=action-publish]")).to_have_count(0)
    follow(reviewer.locator(".messages li.info a"))
    due = datetime.date.today() + datetime.timedelta(days=5)
    reviewer.fill("#id_due", due.isoformat())
    reviewer.locator("form:has(#id_due) button[type=submit]").click()
    saved(reviewer)

    reader = open_context().new_page()
    assert reader.goto(f"{server}/zh/news/{SLUG}/").status == 200
    expect(reader.locator("h1")).to_have_text(TITLE)
    reader.get_by_role("link", name="English", exact=True).click()
    expect(reader).to_have_url(f"{server}/en/news/{SLUG}/")
    expect(reader.locator("[lang=zh-Hans]", has_text=TITLE).first).to_be_visible()
    expect(reader.locator("main")).to_contain_text(f"is to follow by {due.day} {due:%B %Y}")


def test_a_reviewers_decision_is_sent_once_however_long_the_answer_takes(sign_in, server, news_lists):
    writer = sign_in("writer")
    write_news(writer, server, news_lists, "审核一次")
    address = writer.url
    submit(writer)

    reviewer = sign_in("reviewer")
    reviewer.add_init_script(TELL_OF_AUTOSAVE)
    reviewer.goto(address)
    at_rest(reviewer)
    held = []
    reviewer.route(address, lambda route: held.append(route) if route.request.is_navigation_request() else route.continue_())
    with reviewer.expect_console_message(lambda message: message.text.startswith("autosave")) as told:
        reject(reviewer, "请补充来源")
    assert told.value.text == "autosave stopped: true"
    for route in held:
        route.continue_()
    saved(reviewer)


def test_whoever_changed_a_text_in_review_is_told_that_somebody_else_approves_it(sign_in, server, news_lists):
    writer = sign_in("writer")
    write_news(writer, server, news_lists, "自己不能审自己")
    address = writer.url
    submit(writer)

    reviewer = sign_in("reviewer")
    reviewer.goto(address)
    at_rest(reviewer)
    reviewer.locator("#id_summary").fill("审核人补写的摘要")
    at_rest(reviewer)
    reviewer.locator("button.action-save").first.click()
    saved(reviewer)
    reviewer.goto(address)

    expect(reviewer.locator(".messages li.warning")).to_contain_text("这篇内容有您撰写的部分，应由他人审核通过。")
    expect(reviewer.locator("footer button[data-workflow-action-name=reject]")).not_to_have_count(0)
    expect(reviewer.locator("footer button[data-workflow-action-name=approve]")).to_have_count(0)


def test_a_writer_may_not_open_the_english_tree(sign_in, server, news_lists):
    writer = sign_in("writer")
    response = writer.goto(f"{server}/admin/pages/add/news/newspage/{news_lists['en']}/")
    assert writer.url.rstrip("/") == f"{server}/admin" or response.status == 403
