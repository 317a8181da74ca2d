"""News by year, month and topic; dates as exact as known; what an article says of itself and of its neighbours."""

import datetime
import re
from collections import Counter

import lxml.html
import pytest
from wagtail.models import Locale

from bases.models import Base
from news.models import Correction, NewsIndexPage, NewsPage, Topic

ARTICLE = "/en/news/yanshan-university-accredited/"


def _main(client, path: str):
    response = client.get(path)
    assert response.status_code == 200, path
    return lxml.html.fromstring(response.content.decode()).xpath("//main")[0]


def _titles(main) -> list[str]:
    return main.xpath(".//article[@class='news-card']//a/text()")


def _all_titles(client, path: str) -> list[str]:
    """Return the titles on all pages of the list at `path`."""
    titles, number = [], 1
    while (response := client.get(f"{path}?page={number}")).status_code == 200:
        titles += _titles(lxml.html.fromstring(response.content.decode()))
        number += 1
    return titles


def _add(slug: str, date: str, code: str = "zh-hans", **fields) -> NewsPage:
    locale = Locale.objects.get(language_code=code)
    page = NewsPage(slug=slug, date=date, locale=locale, **{"title": slug} | fields)
    return NewsIndexPage.objects.get(locale=locale).add_child(instance=page)


def _published(code: str = "zh-hans"):
    return NewsPage.objects.published().filter(locale__language_code=code)


@pytest.mark.parametrize(("prefix", "code"), [("zh", "zh-hans"), ("en", "en")])
def test_the_list_holds_all_news_of_its_language_newest_first(portal, client, prefix, code):
    titles = _all_titles(client, f"/{prefix}/news/")

    assert titles == list(_published(code).values_list("title", flat=True))
    assert list(_published(code).values_list("date", flat=True)) == sorted(
        _published(code).values_list("date", flat=True), reverse=True
    )


@pytest.mark.parametrize(("prefix", "code"), [("zh", "zh-hans"), ("en", "en")])
def test_every_year_and_month_in_the_archive_has_as_many_items_as_it_says(portal, client, prefix, code):
    dates = list(_published(code).values_list("date", flat=True))
    years = _main(client, f"/{prefix}/news/").xpath(".//nav[@aria-labelledby='news-years']/ul/li/a")
    counts = {link.get("href"): int(link[1].text) for link in years}

    assert counts == {f"/{prefix}/news/{year}/": count for year, count in Counter(date[:4] for date in dates).items()}
    for path, count in counts.items():
        assert len(_all_titles(client, path)) == count
        months = _main(client, path).xpath(".//ul[contains(@class, 'facet__list--inner')]//a")
        year = path.rstrip("/")[-4:]
        expected = Counter(date[5:7] for date in dates if date.startswith(f"{year}-"))
        assert {link.get("href"): int(link[1].text) for link in months} == {
            f"{path}{month}/": n for month, n in expected.items()
        }
        for link in months:
            assert len(_all_titles(client, link.get("href"))) == int(link[1].text)


def test_news_known_by_its_year_alone_is_in_the_year_and_in_no_month(portal, client):
    (title,) = _published().filter(date="2023").values_list("title", flat=True)
    months = sorted(set(_published().filter(date__startswith="2023-").values_list("date", flat=True)))

    titles = _all_titles(client, "/zh/news/2023/")

    assert titles[-1] == title
    for month in {date[5:7] for date in months}:
        assert title not in _all_titles(client, f"/zh/news/2023/{month}/")


def test_news_known_by_its_month_is_in_that_month(portal, client):
    _add("of-a-month", "2019-07")

    assert _all_titles(client, "/zh/news/2019/07/") == ["of-a-month"]
    assert _main(client, "/zh/news/2019/07/").xpath(".//article//time/text()") == ["2019年7月"]


def test_a_year_without_news_in_either_language_is_no_page(portal, client):
    for path in ("/zh/news/1999/", "/zh/news/2023/10/", "/zh/news/2023/13/", "/zh/news/1066/", "/zh/news/2023/1/"):
        assert client.get(path).status_code == 404, path


def test_a_period_without_news_in_one_language_lists_the_originals_of_the_other(portal, client):
    _add("only-in-chinese", "2019-07-01", title="只有中文的消息")

    response = client.get("/en/news/2019/07/")
    main = lxml.html.fromstring(response.content.decode()).xpath("//main")[0]

    assert main.xpath(".//ul[@lang='zh-Hans']//a/text()") == ["只有中文的消息"]
    assert main.xpath(".//ul[@lang='zh-Hans']//a/@href") == ["/zh/news/only-in-chinese/"]
    assert "has not been translated yet" in main.text_content()
    assert '<meta name="robots" content="noindex">' in response.content.decode()
    assert "2019" not in client.get("/sitemap-1.xml").content.decode().replace("/zh/news/2019", "")


@pytest.mark.parametrize(("prefix", "code"), [("zh", "zh-hans"), ("en", "en")])
def test_every_topic_lists_its_news(portal, client, prefix, code):
    links = _main(client, f"/{prefix}/news/").xpath(".//nav[@aria-labelledby='news-topics']//a/@href")

    assert links == [f"/{prefix}/news/topics/{slug}/" for slug in Topic.objects.live().values_list("slug", flat=True)]
    for topic, path in zip(Topic.objects.live(), links, strict=True):
        assert _all_titles(client, path) == list(_published(code).filter(topics=topic).values_list("title", flat=True))


def test_a_topic_that_is_not_live_is_nowhere(portal, client):
    Topic.objects.get(slug="base").unpublish()

    assert client.get("/zh/news/topics/base/").status_code == 404
    for path in ("/zh/news/", "/zh/news/yanshan-university-accredited/", "/zh/"):
        assert "topics/base/" not in client.get(path).content.decode()


def test_previous_and_next_lead_through_all_news_of_the_language_by_date(portal, client):
    newest_first = list(_published().values_list("url_path", flat=True))
    path, walked = newest_first[0], []
    while path:
        walked.append(path)
        path = next(iter(_main(client, path).xpath(".//a[@rel='prev']/@href")), "")

    assert walked == newest_first
    for earlier, later in zip(walked[1:], walked, strict=False):
        assert _main(client, earlier).xpath(".//a[@rel='next']/@href") == [later]
    assert _main(client, newest_first[0]).xpath(".//a[@rel='next']") == []


def test_related_news_shares_a_topic_and_the_language_and_is_not_the_article_itself(portal, client):
    page = NewsPage.objects.get(url_path=ARTICLE)
    paths = _main(client, ARTICLE).xpath("//section[@aria-labelledby='news-related']//a/@href")

    assert paths
    for related in NewsPage.objects.filter(url_path__in=paths):
        assert related.locale_id == page.locale_id
        assert set(related.topics.all()) & set(page.topics.all())
    assert ARTICLE not in paths


def test_an_article_names_its_date_place_source_topics_and_bases(portal, client):
    main = _main(client, ARTICLE)

    (time,) = main.xpath(".//*[@class='page-heading__meta']/time")
    assert (time.get("datetime"), time.text) == ("2023-03-06", "6 March 2023")
    assert "date of the university's announcement" in main.text_content()
    assert "Qinhuangdao, Hebei" in main.text_content()
    assert main.xpath(".//dl//a/@href") == ["http://english.ysu.edu.cn/info/1007/3801.htm"]
    assert main.xpath(".//*[@class='page-heading__kicker']/a/@href") == ["/en/news/topics/base/"]
    assert main.xpath("//section[@aria-labelledby='news-bases']//a/@href") == ["/en/bases/yanshan-university/"]
    assert "kind inferred" in main.xpath("//section[@aria-labelledby='news-bases']")[0].text_content()


def test_a_draft_base_is_not_named_in_the_news(portal, client):
    Base.objects.get(slug="yanshan-university").unpublish()

    assert _main(client, ARTICLE).xpath("//section[@aria-labelledby='news-bases']") == []


def test_uncertain_news_says_so_and_certain_news_does_not(portal, client):
    uncertain = NewsPage.objects.filter(confidence="medium", locale__language_code="en").first()

    assert "Medium: the facts rest on few or copied reports." in _main(client, uncertain.url).text_content()
    assert "Confidence" not in _main(client, ARTICLE).text_content()


def test_corrections_are_shown_with_their_dates(portal, client):
    page = NewsPage.objects.get(url_path=ARTICLE)
    page.corrections = [Correction(date=datetime.date(2024, 5, 1), text="The year was wrong.")]
    page.save_revision().publish()

    (section,) = _main(client, ARTICLE).xpath(".//section[@class='corrections']")

    assert section.xpath(".//time/@datetime") == ["2024-05-01"]
    assert re.search(r"1 May 2024\s+The year was wrong\.", section.text_content())


def test_an_article_that_is_not_public_is_in_no_list(portal, client):
    page = NewsPage.objects.get(url_path=ARTICLE)
    title = page.title
    page.unpublish()

    for path in (
        "/en/",
        "/en/news/",
        "/en/news/2023/",
        "/en/news/2023/03/",
        "/en/news/topics/base/",
        "/en/news/feed/",
        "/en/bases/yanshan-university/",
    ):
        assert title not in client.get(path).content.decode(), path
