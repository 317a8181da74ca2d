"""A member of staff reads what is not public in the trees of their role, and nothing of the others."""

import pytest
from django.urls import reverse

from core.languages import CHINESE, ENGLISH
from news.models import NewsIndexPage
from tests.factories import make_news
from tests.signing_in import client_of

pytestmark = pytest.mark.usefixtures("portal")

SECRET = "quorunreleasedzix"


@pytest.fixture
def draft(db):
    """An English draft, which Chinese writers have nothing to do with."""
    page = make_news(903, languages=(ENGLISH,), live=False, title=SECRET, slug=SECRET, summary=SECRET)[0]
    page.save_revision()
    return page


def _addresses(page) -> dict[str, str]:
    index, revision = page.get_parent().pk, page.latest_revision_id
    pages = {name: reverse(f"wagtailadmin_pages:{name}", args=(page.pk,)) for name in PAGE_VIEWS}
    return pages | {
        "revision": reverse("wagtailadmin_pages:revisions_view", args=(page.pk, revision)),
        "compare": reverse("wagtailadmin_pages:revisions_compare", args=(page.pk, "earliest", "latest")),
        "list": reverse("wagtailadmin_explore", args=(index,)),
        "search": reverse("wagtailadmin_pages:search") + f"?q={SECRET[:8]}",
        "chooser": reverse("wagtailadmin_choose_page_child", args=(index,)),
        "chooser search": reverse("wagtailadmin_choose_page_search") + f"?q={SECRET}",
        "chosen": reverse("wagtailadmin_choose_page_chosen_multiple") + f"?id={page.pk}",
        "api": reverse("wagtailadmin_api:pages:listing") + f"?child_of={index}&for_explorer=1",
        "api detail": reverse("wagtailadmin_api:pages:detail", args=(page.pk,)),
        "history report": reverse("wagtailadmin_reports:site_history"),
        "aging report": reverse("wagtailadmin_reports:aging_pages"),
        "bulk": reverse("wagtail_bulk_action", args=("wagtailcore", "page", "publish")) + f"?id={page.pk}",
        "bulk all": reverse("wagtail_bulk_action", args=("wagtailcore", "page", "publish")) + f"?id=all&childOf={index}",
        "home": reverse("wagtailadmin_home"),
    }


PAGE_VIEWS = ("edit", "preview_on_edit", "view_draft", "history", "usage", "copy", "delete", "unpublish", "workflow_history")
CASES = (*PAGE_VIEWS, "revision", "compare", "list", "search", "api", "api detail", "history report", "aging report", "home")
CHOOSING = ("chooser", "chooser search", "chosen", "bulk", "bulk all")


@pytest.mark.parametrize("view", [*CASES, *CHOOSING])
def test_a_chinese_writer_reads_no_english_draft(staff, draft, view):
    response = client_of(staff("writer")).get(_addresses(draft)[view], follow=True)
    assert SECRET not in response.content.decode().replace(f"q={SECRET}", "").replace(f'value="{SECRET}"', "")


def test_a_chinese_writer_finds_the_draft_of_a_colleague(staff):
    page = make_news(904, languages=(CHINESE,), live=False, title=SECRET, slug=SECRET)[0]
    page.save_revision()
    client, index = client_of(staff("writer")), NewsIndexPage.objects.get(locale__language_code=CHINESE.code)
    assert SECRET in client.get(reverse("wagtailadmin_explore", args=(index.pk,))).content.decode()
    assert SECRET in client.get(reverse("wagtailadmin_pages:edit", args=(page.pk,))).content.decode()
