"""The bases that a news item is about: chosen by name or pinyin, kept in revisions, carried by copies."""

import pytest
from django.urls import reverse

from bases.models import Base
from news.models import NewsPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def article() -> NewsPage:
    return NewsPage.objects.get(locale__language_code="zh-hans", slug="yanshan-university-accredited")


@pytest.mark.parametrize("text", ["燕山", "Yanshan", "yanshandaxue", "ysdx"])
def test_the_chooser_of_the_form_finds_a_base_by_either_name_or_by_pinyin(admin_client, text):
    page = admin_client.get(reverse(Base.snippet_viewset.chooser_viewset.get_url_name("choose_results")), {"q": text})
    assert "中国科协海智计划基地（燕山大学）" in page.content.decode()
    assert "济南" not in page.content.decode()


def test_the_form_of_a_news_item_offers_that_chooser(admin_client, article):
    page = admin_client.get(reverse("wagtailadmin_pages:edit", args=[article.pk])).content.decode()
    assert reverse(Base.snippet_viewset.chooser_viewset.get_url_name("choose")) in page
    assert 'name="concerned_bases-TOTAL_FORMS"' in page


def test_a_draft_changes_nothing_in_public_until_it_is_published(client, article):
    article.concerned_bases.clear()
    revision = article.save_revision()
    address = "/zh/bases/yanshan-university/"
    assert article.title in client.get(address).content.decode()
    revision.publish()
    assert article.title not in client.get(address).content.decode()


def test_a_copy_carries_each_base_once(article):
    copy = article.copy(update_attrs={"slug": "a-copy"})
    assert [link.base.slug for link in copy.concerned_bases.all()] == ["yanshan-university"]
    assert copy.bases.count() == 1
