"""A number changes in the Chinese: the translator is told, sees the sentence, mends the English, and says that both agree."""

import pytest
from playwright.sync_api import expect

from tests.e2e.admin_forms import at_rest, follow, saved, submit

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

SLUG = "distinguished-experts-2022-named"


def rewrite_summary(page, before: str, after: str) -> None:
    at_rest(page)
    field = page.locator("#id_summary")
    assert before in field.input_value()
    field.fill(field.input_value().replace(before, after))
    at_rest(page)


def test_a_number_edited_in_the_chinese_is_followed_in_the_english(sign_in, server):
    from news.models import NewsPage

    ids = dict(NewsPage.objects.filter(slug=SLUG).values_list("locale__language_code", "pk"))
    chief = sign_in("chief-editor")
    chief.goto(f"{server}/admin/pages/{ids['zh-hans']}/edit/")
    rewrite_summary(chief, "619", "691")
    submit(chief)

    translator = sign_in("translator")
    translator.goto(f"{server}/admin/")
    first = translator.locator("#language-pairs-section .desk__list li").first
    expect(first).to_contain_text("numbers, dates or names")
    follow(first.locator("a"))
    expect(translator.locator(".pair__state")).to_contain_text("drifted")
    expect(translator.locator(".pair__changes del")).to_contain_text("619")
    expect(translator.locator(".pair__changes ins")).to_contain_text("691")
    expect(translator.locator("td[lang=zh-Hans] mark.pair__mark--2")).to_contain_text("691")
    pair = translator.url

    follow(translator.locator("td[lang=en] .pair__edit[href$='#id_summary']"))
    expect(translator).to_have_url(f"{server}/admin/pages/{ids['en']}/edit/#id_summary")
    expect(translator.locator(".messages li.warning")).to_contain_text("in Chinese have changed")
    rewrite_summary(translator, "619", "691")
    translator.locator("button.action-save").first.click()
    saved(translator)

    translator.goto(pair)
    translator.get_by_role("button", name="Still right: both say the same").click()
    saved(translator)
    expect(translator.locator(".pair__state")).to_contain_text("in line")
    expect(translator.locator("mark")).to_have_count(0)
