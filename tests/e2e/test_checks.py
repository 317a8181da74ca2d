"""What the checks find leads whoever writes to the place, and a text with grave findings is not sent in."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.admin_forms import at_rest, open_menu_of_actions, submit

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def test_a_translator_is_led_to_what_keeps_the_text_from_review(sign_in, server, news_lists):
    page = sign_in("translator")
    page.goto(f"{server}/admin/pages/add/news/newspage/{news_lists['en']}/")
    page.locator("#id_title").fill("Three bases newlyfounded in Hebei")
    page.locator("#id_date").fill("2026-11-20")
    at_rest(page)
    open_menu_of_actions(page)
    page.locator("button[name=action-submit]").click()
    expect(page.locator(".messages .errorlist li").first).to_have_text("Source: the source is missing")

    page.locator("[data-side-panel-toggle=checks]").click()
    found = page.locator(".findings__list li")
    expect(found).to_have_count(2)
    expect(found.nth(1)).to_contain_text("newly founded")
    expect(page.locator("[data-content-word-count]")).to_have_count(1)
    expect(page.locator("[data-content-readability-score]")).to_have_count(0)
    page.evaluate("scrollTo(0, 0)")
    found.first.locator("a").click()
    expect(page.locator("#id_source")).to_be_in_viewport()

    page.locator("#id_source").fill("CAST")
    page.locator("#id_title").fill("Three bases newly founded in Hebei")
    at_rest(page)
    address = re.search(r"/admin/pages/\d+/edit/", page.url)[0]
    submit(page)
    page.goto(server + address)
    expect(page.locator("#id_slug")).to_have_value("three-bases-newly-founded-in-hebei")
    expect(page.locator(".findings__list li")).to_have_text("Nothing to mend was found.")
