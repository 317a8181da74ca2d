"""What editors chose for a page is shown there only as long as it is public itself."""

import json

import pytest
from wagtail.models import Page, PageViewRestriction

from bases.models import BaseIndexPage
from news.models import NewsPage
from programs.models import Figure, ProgramPage

pytestmark = pytest.mark.usefixtures("portal")

KINDS = "/zh/programme/kinds-of-base/"
ARTICLE = "/zh/news/yanshan-university-accredited/"


def _text(client, address: str) -> str:
    return client.get(address).content.decode()


def _take_down(page) -> None:
    page.unpublish()


def _make_private(page) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


@pytest.mark.parametrize("hide", [_take_down, _make_private])
def test_the_home_page_leaves_out_a_programme_page_that_is_not_public(client, hide):
    page = ProgramPage.objects.get(url_path=KINDS)
    page.summary = "不公开的摘要"
    page.save_revision().publish()
    assert page.summary in _text(client, "/zh/")

    hide(page)

    assert page.summary not in _text(client, "/zh/")


def test_a_figure_that_was_taken_down_is_shown_nowhere(client):
    figure = Figure.objects.get(name_zh_hans="离岸基地")
    figure.name_zh_hans = "撤下的数字"
    figure.publish_saved()
    assert all(figure.name_zh_hans in _text(client, address) for address in ("/zh/", KINDS))

    figure.unpublish()

    assert not any(figure.name_zh_hans in _text(client, address) for address in ("/zh/", KINDS))


def test_related_links_leave_out_a_page_that_was_taken_down(client):
    target, article = Page.objects.get(url_path=KINDS), NewsPage.objects.get(url_path=ARTICLE)
    link = {"title": "撤下的页面", "page": target.pk, "url": ""}
    article.body = json.dumps([{"type": "related_links", "value": {"title": "", "links": [link]}}])
    article.save()
    assert link["title"] in _text(client, ARTICLE)

    target.unpublish()

    assert link["title"] not in _text(client, ARTICLE)


def test_news_names_its_bases_without_links_while_there_is_no_directory(client):
    assert 'href="/zh/bases/yanshan-university/"' in _text(client, ARTICLE)

    BaseIndexPage.objects.get(locale__language_code="zh-hans").unpublish()

    assert 'href="yanshan-university/"' not in _text(client, ARTICLE)
    assert "燕山大学" in _text(client, ARTICLE)
