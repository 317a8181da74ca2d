"""Writing pages in the admin: slugs, drafts, renaming, moving, and what each page type's form does."""

import pytest
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, querydict_from_html, rich_text, streamfield

from bases.models import BaseIndexPage
from news.models import NewsIndexPage, NewsPage
from portal.models import HomePage, SiteMapPage, StandardPage
from programs.models import ProgramIndexPage, ProgramPage
from tests.editing import SUBMIT, release

pytestmark = pytest.mark.usefixtures("contexts")

PAGE_TYPES = (HomePage, StandardPage, SiteMapPage, ProgramIndexPage, ProgramPage, BaseIndexPage, NewsIndexPage, NewsPage)
NO_BODY = nested_form_data({"body": streamfield([]), "attachments": streamfield([]), "sections": streamfield([])})


def _page(path: str):
    """Return the page at `path`, such as "zh/news"."""
    return Page.objects.get(url_path=f"/{path}/").specific


def _form(client, address: str, **changes) -> dict:
    """Return what a browser would send from the form at `address`, with `changes`."""
    data = querydict_from_html(client.get(address).content.decode(), "page-edit-form")
    for name, value in (NO_BODY | changes).items():
        data[name] = value
    return data


def _add(client, page_type=NewsPage, parent: str = "zh/news", **changes):
    address = reverse("wagtailadmin_pages:add", args=(page_type._meta.app_label, page_type._meta.model_name, _page(parent).pk))
    return client.post(address, _form(client, address, **changes))


def _edit(client, page, **changes):
    address = reverse("wagtailadmin_pages:edit", args=(page.pk,))
    return client.post(address, _form(client, address, **changes))


def _errors(response) -> dict:
    return response.context["form"].errors


def _publish_new(client, **changes):
    response = _add(client, **changes, **SUBMIT)
    for page in NewsPage.objects.filter(title=changes["title"], live=False):
        release(page)
    return response


def _publish(client, page, **changes):
    response = _edit(client, page, **changes, **SUBMIT)
    release(page)
    return response


DATED = {"date": "2023-05-01", "summary": "…", "source": "新华社"}


def test_a_slug_left_empty_is_made_from_the_title_by_pinyin(portal, admin_client):
    _publish_new(admin_client, title="第3届大会", slug="", **DATED)

    assert NewsPage.objects.get(title="第3届大会").url == "/zh/news/di-3-jie-da-hui/"


def test_two_pages_of_one_title_get_different_slugs(portal, admin_client):
    for _time in range(2):
        _publish_new(admin_client, title="年度大会", slug="", **DATED)

    slugs = set(NewsPage.objects.filter(title="年度大会").values_list("slug", flat=True))
    assert slugs == {"nian-du-da-hui", "nian-du-da-hui-2"}


def test_a_title_of_symbols_alone_still_gives_an_address(portal, admin_client, client):
    _publish_new(admin_client, title="！！！", slug="", **DATED)

    assert client.get(NewsPage.objects.get(title="！！！").url).status_code == 200


def test_a_changed_title_leaves_the_slug_as_it_was(portal, admin_client):
    page = _page("zh/news/yanshan-university-accredited")

    _publish(admin_client, page, title="全新的标题")

    page.refresh_from_db()
    assert (page.title, page.slug) == ("全新的标题", "yanshan-university-accredited")


@pytest.mark.parametrize("slug", ["feed", "topics", "2023", "1066"])
def test_addresses_of_the_news_list_itself_are_no_slug_of_an_item(portal, admin_client, slug):
    response = _publish_new(admin_client, title="某条新闻", slug=slug, **DATED)

    assert slug in str(_errors(response)["slug"])
    assert not NewsPage.objects.filter(title="某条新闻").exists()


def test_a_title_that_is_a_year_does_not_hide_the_archive_of_that_year(portal, admin_client):
    _publish_new(admin_client, title="2023", slug="", **DATED)

    assert NewsPage.objects.get(title="2023").url == "/zh/news/news-2023/"


def test_a_news_draft_is_saved_without_date_and_published_only_with_it(portal, admin_client):
    _add(admin_client, title="还没有日期的草稿", date="", source="新华社")
    draft = NewsPage.objects.get(title="还没有日期的草稿")

    response = _publish(admin_client, draft, date="")

    assert set(_errors(response)) == {"date"}
    draft.refresh_from_db()
    assert not draft.live
    _publish(admin_client, draft, date="2023-05")
    draft.refresh_from_db()
    assert draft.live


def test_a_faulty_date_is_refused_with_the_way_to_write_it(portal, admin_client):
    response = _publish_new(admin_client, title="日期不对", date="06.03.2023")

    assert "2023-03-06" in str(_errors(response)["date"])


@pytest.mark.parametrize("path", ["zh/news/wujin-hi-tech-zone-approved", "zh/news/yanshan-university-accredited", "en/about"])
def test_the_old_address_of_a_renamed_page_leads_to_the_new_one(
    portal, admin_client, client, path, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        _publish(admin_client, _page(path), slug="a-new-address")

    response = client.get(f"/{path}/?from=a-feed")
    assert (response.status_code, response["Location"]) == (301, f"/{path.rpartition('/')[0]}/a-new-address/")
    assert client.get(response["Location"]).status_code == 200


def test_a_renamed_page_stays_paired_with_its_translation(portal, admin_client, client):
    _publish(admin_client, _page("zh/about"), slug="guan-yu")

    english = client.get("/en/about/").content.decode()

    assert 'hreflang="zh-Hans" href="http://127.0.0.1:8000/zh/guan-yu/"' in english
    assert "This page is not available" not in english


def test_the_first_publication_time_is_in_no_form(portal, admin_client):
    page = _page("zh/news/yanshan-university-accredited")
    before = page.first_published_at

    form = querydict_from_html(
        admin_client.get(reverse("wagtailadmin_pages:edit", args=(page.pk,))).content.decode(), "page-edit-form"
    )
    _publish(admin_client, page, first_published_at="2001-01-01 00:00")

    page.refresh_from_db()
    assert "first_published_at" not in form
    assert page.first_published_at == before
    assert page.last_published_at > before


def test_a_page_cannot_be_moved_to_the_tree_of_the_other_language(portal, admin_client):
    page, english_list = _page("zh/news/wujin-hi-tech-zone-approved"), _page("en/news")

    response = admin_client.post(reverse("wagtailadmin_pages:move_confirm", args=(page.pk, english_list.pk)))

    assert response.status_code in {302, 403}
    page.refresh_from_db()
    assert page.get_parent().pk == _page("zh/news").pk
    assert page.locale.language_code == "zh-hans"


def test_a_copy_cannot_be_put_into_the_tree_of_the_other_language(portal, admin_client):
    page, english_list = _page("zh/news/wujin-hi-tech-zone-approved"), _page("en/news")

    admin_client.post(
        reverse("wagtailadmin_pages:copy", args=(page.pk,)),
        {"new_title": "副本", "new_slug": "fu-ben", "new_parent_page": english_list.pk},
    )

    assert not english_list.get_children().exclude(locale=english_list.locale).exists()


def test_a_page_written_below_english_pages_is_english(portal, admin_client):
    _publish_new(admin_client, parent="en/news", title="A quiet day", **DATED)

    assert NewsPage.objects.get(title="A quiet day").locale.language_code == "en"


@pytest.mark.parametrize("page_type", PAGE_TYPES, ids=lambda page_type: page_type.__name__)
def test_every_page_type_can_be_edited_and_previewed(portal, admin_client, page_type):
    for page in (page_type.objects.filter(locale__language_code=code).first() for code in ("zh-hans", "en")):
        edit = reverse("wagtailadmin_pages:edit", args=(page.pk,))
        preview = reverse("wagtailadmin_pages:preview_on_edit", args=(page.pk,))

        answer = admin_client.post(preview, _form(admin_client, edit, title="预览的标题 Preview"))
        shown = admin_client.get(preview)

        assert answer.json() == {"is_valid": True, "is_available": True}
        assert shown.status_code == 200
        assert "预览的标题 Preview" in shown.content.decode()
        assert f'<html lang="{"en" if page.locale.language_code == "en" else "zh-Hans"}">' in shown.content.decode()


@pytest.mark.parametrize(
    ("page_type", "parent"), [(StandardPage, "zh"), (ProgramPage, "zh/programme"), (NewsPage, "zh/news"), (NewsPage, "en/news")]
)
def test_every_page_type_that_editors_add_is_previewed_before_it_is_saved_and_then_saved(
    portal, admin_client, page_type, parent
):
    arguments = (page_type._meta.app_label, page_type._meta.model_name, _page(parent).pk)
    add = reverse("wagtailadmin_pages:add", args=arguments)
    preview = reverse("wagtailadmin_pages:preview_on_add", args=arguments)
    body = streamfield([("heading", {"text": "小标题", "level": "2"}), ("paragraph", rich_text("<p>一段话</p>"))])
    data = _form(admin_client, add, title="一个新页面", slug="", **nested_form_data({"body": body}))

    assert admin_client.post(preview, data).json() == {"is_valid": True, "is_available": True}
    shown = admin_client.get(preview)
    saved = admin_client.post(add, data)

    assert shown.status_code == 200
    assert "一段话" in shown.content.decode()
    page = page_type.objects.get(title="一个新页面")
    assert saved["Location"] == reverse("wagtailadmin_pages:edit", args=(page.pk,))
    assert [block.block_type for block in page.body] == ["heading", "paragraph"]


def test_the_portal_has_one_directory_and_one_news_list_for_each_language(portal, admin_client):
    for page_type in (BaseIndexPage, NewsIndexPage, SiteMapPage):
        address = reverse(
            "wagtailadmin_pages:add", args=(page_type._meta.app_label, page_type._meta.model_name, _page("zh").pk)
        )

        assert admin_client.get(address).status_code == 302
        assert page_type.objects.filter(locale__language_code="zh-hans").count() == 1
