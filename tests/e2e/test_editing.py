"""Staff at work in Wagtail's own admin, each with the rights of their role."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

TITLE = "第3届海智大会在秦皇岛举行"
SLUG = "di-3-jie-hai-zhi-da-hui-zai-qin-huang-dao-ju-xing"


def test_each_person_works_in_a_language_of_their_own(sign_in):
    assert sign_in("writer").locator("html").get_attribute("lang") == "zh-hans"
    assert sign_in("translator").locator("html").get_attribute("lang") == "en"


def test_a_draft_by_a_writer_is_published_by_the_chief_editor_alone(sign_in, server, news_lists):
    writer = sign_in("writer")
    writer.goto(f"{server}/admin/pages/add/news/newspage/{news_lists['zh-hans']}/")
    writer.locator("#id_title").fill(TITLE)
    writer.locator("#id_date").fill("2026-11-20")
    assert writer.locator("button[name=action-publish]").count() == 0
    writer.locator("button.action-save").first.click()
    writer.wait_for_url("**/edit/**")
    edit_address = writer.url
    assert writer.request.get(f"{server}/zh/news/{SLUG}/").status == 404

    chief = sign_in("chief-editor")
    chief.goto(edit_address)
    assert chief.locator("#id_slug").input_value() == SLUG
    chief.locator("[data-w-dropdown-target=toggle]", has=chief.locator("svg.icon-arrow-up")).first.click()
    chief.locator("button[name=action-publish]").click()
    chief.wait_for_load_state("networkidle")

    reader = chief.context.browser.new_context().new_page()
    assert reader.goto(f"{server}/zh/news/{SLUG}/").status == 200
    assert reader.locator("h1").inner_text() == TITLE
    reader.get_by_role("link", name="English", exact=True).click()
    assert reader.url == f"{server}/en/news/{SLUG}/"
    assert reader.locator("[lang=zh-Hans]", has_text=TITLE).count() >= 1
    reader.context.close()


def test_a_writer_may_not_open_the_english_tree(sign_in, server, news_lists):
    writer = sign_in("writer")
    response = writer.goto(f"{server}/admin/pages/add/news/newspage/{news_lists['en']}/")
    assert writer.url.rstrip("/") == f"{server}/admin" or response.status == 403
