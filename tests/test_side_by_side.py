"""Side by side (中英对照): both languages of an article, passage against passage."""

import json

import lxml.html
import pytest
from wagtail.models import Page, PageViewRestriction

from core.side_by_side import Passage, rows_of
from news.models import NewsPage

pytestmark = pytest.mark.usefixtures("portal")

ARTICLE = "news/yanshan-university-accredited/"
CHINESE_ONLY = "/zh/news/jiujiang-working-base-unveiled/"


def tree_of(client, path: str):
    response = client.get(path)
    assert response.status_code == 200, path
    return lxml.html.fromstring(response.content.decode())


def rows(tree) -> list[list[tuple[str, str]]]:
    """Return the rows below the titles as (lang, text) of each side."""
    found = tree.xpath("//div[@class='side-by-side__row'][div]")
    return [[(side.get("lang"), " ".join(side.text_content().split())) for side in row] for row in found]


@pytest.mark.parametrize(("prefix", "tags"), [("zh", ["zh-Hans", "en"]), ("en", ["en", "zh-Hans"])])
def test_an_article_stands_beside_its_counterpart_in_the_readers_language_first(client, prefix, tags):
    tree = tree_of(client, f"/{prefix}/{ARTICLE}side-by-side/")
    article = NewsPage.objects.get(url_path=f"/{prefix}/{ARTICLE}")

    found = rows(tree)

    assert tree.xpath("string(//h1)") == article.title
    assert found
    assert all([lang for lang, _text in row] == tags for row in found)
    assert all(text for row in found for _lang, text in row)
    assert len(tree.xpath("//*[@id]/@id")) == len(set(tree.xpath("//*[@id]/@id")))


def test_paragraphs_of_one_block_stand_each_in_a_row_of_its_own(client):
    for prefix, texts in (("zh", ["甲段。", "乙段。"]), ("en", ["First.", "Second."])):
        page = NewsPage.objects.get(url_path=f"/{prefix}/{ARTICLE}")
        value = "".join(f'<p data-block-key="{number}">{text}</p>' for number, text in enumerate(texts))
        page.body = json.dumps([{"type": "paragraph", "value": value}])
        page.save_revision().publish()

    found = rows(tree_of(client, f"/zh/{ARTICLE}side-by-side/"))

    assert [[text for _lang, text in row] for row in found] == [["甲段。", "First."], ["乙段。", "Second."]]


def test_what_one_language_has_alone_stands_alone():
    def passages(*kinds):
        return [Passage(kind, f"{kind}{number}") for number, kind in enumerate(kinds)]

    found = rows_of(passages("heading", "p", "figure", "p"), passages("heading", "p", "p", "quote"))

    assert [(own and own.kind, other and other.kind) for own, other in found] == [
        ("heading", "heading"),
        ("p", "p"),
        ("figure", None),
        ("p", "p"),
        (None, "quote"),
    ]


def test_an_article_in_both_languages_offers_it_and_others_do_not(client):
    assert tree_of(client, f"/zh/{ARTICLE}").xpath(f"//a[@href='/zh/{ARTICLE}side-by-side/']")
    for path in (CHINESE_ONLY, "/zh/", "/zh/news/", "/en/bases/"):
        assert not tree_of(client, path).xpath("//a[contains(@href, 'side-by-side')]"), path
        assert client.get(path + "side-by-side/").status_code == 404, path


def test_it_is_for_readers_not_for_search_engines_and_leads_to_both_addresses(client):
    tree = tree_of(client, f"/en/{ARTICLE}side-by-side/")

    assert tree.xpath("string(//meta[@name='robots']/@content)") == "noindex"
    assert [f"/{prefix}/{ARTICLE}" for prefix in ("en", "zh")] == tree.xpath("//article//header//a/@href")
    assert tree.xpath("string(//a[@class='language-switch']/@href)") == f"/zh/{ARTICLE}side-by-side/"
    assert tree.xpath("string((//nav[contains(@class, 'breadcrumb')]//li)[last()])").strip() == "Side by side"


def test_it_is_gone_when_one_of_both_is_not_public(client):
    page = Page.objects.get(url_path=f"/en/{ARTICLE}")
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert client.get(f"/zh/{ARTICLE}side-by-side/").status_code == 404
    restriction.delete()

    page.unpublish()

    assert client.get(f"/zh/{ARTICLE}side-by-side/").status_code == 404
    assert client.get(f"/zh/{ARTICLE}").status_code == 200
