"""What a page tells machines of itself: structured data, and the tags that Chinese public sites carry."""

import json

import lxml.html
import pytest
from django.test import override_settings

from news.models import NewsPage

pytestmark = pytest.mark.django_db
ARTICLE = "/zh/news/yanshan-university-accredited/"


def head_of(client, path: str):
    return lxml.html.fromstring(client.get(path).content.decode()).head


def graph_of(client, path: str) -> dict[str, dict]:
    """Return the nodes of a page's structured data by type."""
    (script,) = head_of(client, path).xpath("script[@type='application/ld+json']")
    return {node["@type"]: node for node in json.loads(script.text)["@graph"]}


def meta(head, name: str) -> str | None:
    return next(iter(head.xpath(f"meta[@name='{name}']/@content")), None)


@pytest.mark.parametrize("path", ["/zh/", "/en/programme/kinds-of-base/", "/zh/bases/yanshan-university/", "/en/news/2023/"])
def test_every_page_names_the_organiser_and_the_site(client, path):
    graph = graph_of(client, path)
    assert graph["Organization"]["url"] == "https://www.cast.org.cn/"
    assert graph["WebSite"]["publisher"] == {"@id": graph["Organization"]["@id"]}
    assert graph["WebSite"]["inLanguage"] == ("zh-Hans" if path.startswith("/zh/") else "en")


def test_the_breadcrumb_is_told_in_order_with_absolute_addresses(client):
    items = graph_of(client, "/zh/bases/yanshan-university/")["BreadcrumbList"]["itemListElement"]
    assert [item["name"] for item in items] == ["海智计划", "海智基地", "燕山大学"]
    assert [item["position"] for item in items] == [1, 2, 3]
    assert items[-1]["item"] == "http://127.0.0.1:8000/zh/bases/yanshan-university/"


def test_a_news_item_is_a_news_article_with_its_own_date(client):
    article = graph_of(client, ARTICLE)["NewsArticle"]
    assert article["headline"] == "燕山大学获认定为中国科协海智计划基地"
    assert article["datePublished"] == "2023-03-06"
    assert article["author"] == {"@id": "http://127.0.0.1:8000/#organiser"}
    assert article["citation"]["name"] == "燕山大学"
    assert article["url"] == "http://127.0.0.1:8000" + ARTICLE


def test_the_directory_is_a_dataset_whose_downloads_answer(client):
    downloads = graph_of(client, "/en/bases/")["Dataset"]["distribution"]
    assert {entry["encodingFormat"] for entry in downloads} == {"text/csv", "application/json", "application/geo+json"}
    for entry in downloads:
        path = entry["contentUrl"].removeprefix("http://127.0.0.1:8000")
        assert client.get(path).headers["Content-Type"].startswith(entry["encodingFormat"])


def test_no_title_can_end_the_script_it_stands_in(client):
    page = NewsPage.objects.get(locale__language_code="zh-hans", slug="yanshan-university-accredited")
    page.title = "</script><script>alert(1)</script>&amp;"
    page.save()
    assert b"<script>alert(1)" not in client.get(ARTICLE).content
    assert graph_of(client, ARTICLE)["NewsArticle"]["headline"] == page.title


def test_an_untranslated_page_tells_no_structured_data(client):
    head = head_of(client, "/en/news/ningbo-offshore-base-approved/")
    assert head.xpath("script[@type='application/ld+json']") == []


@override_settings(BASE_URL="https://home.example.cn")
def test_an_article_carries_the_tags_of_chinese_public_sites(client):
    head = head_of(client, ARTICLE)
    assert meta(head, "SiteName") == "海智计划"
    assert meta(head, "SiteDomain") == "home.example.cn"
    assert meta(head, "ColumnName") == "新闻"
    assert meta(head, "ArticleTitle") == "燕山大学获认定为中国科协海智计划基地"
    assert meta(head, "PubDate") == "2023-03-06"
    assert meta(head, "ContentSource") == "燕山大学"
    assert meta(head, "Url") == "https://home.example.cn" + ARTICLE


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/zh/", "首页"),
        ("/zh/programme/kinds-of-base/", "概况信息"),
        ("/zh/bases/yanshan-university/", "数据开放"),
        (ARTICLE, "新闻报道"),
        ("/en/enquiry/", "Enquiries"),
    ],
)
def test_every_page_tells_the_kind_of_its_column(client, path, kind):
    assert meta(head_of(client, path), "ColumnType") == kind


def test_nothing_tells_what_system_runs(client):
    response = client.get("/zh/")
    assert meta(head_of(client, "/zh/"), "generator") is None
    assert "wagtail" not in response.content.decode().casefold()
    assert "X-Powered-By" not in response.headers
