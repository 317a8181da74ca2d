"""The two languages: the way in, the switch, what is shown where one of them is missing, dates and numbers."""

import pytest
from django.conf import settings
from lxml import html
from wagtail.models import Locale, Page, PageViewRestriction

from bases.models import Base
from core.languages import CHINESE, ENGLISH
from news.models import NewsPage
from portal.models import HomePage, StandardPage
from tests.addresses import lang_of

pytestmark = pytest.mark.usefixtures("portal")

PAIRED = (
    "",
    *("news/", "news/2023/", "news/2023/03/", "news/topics/base/", "news/yanshan-university-accredited/"),
    *("bases/", "bases/yanshan-university/", "programme/kinds-of-base/", "privacy/"),
)
CHINESE_ONLY = "jiujiang-working-base-unveiled"


@pytest.fixture
def original() -> NewsPage:
    """A news item that exists in Chinese alone."""
    page = NewsPage.objects.get(slug=CHINESE_ONLY)
    assert not page.get_translations().exists()
    return page


def tree_of(response) -> html.HtmlElement:
    return html.document_fromstring(response.content.decode())


def switch_on(response) -> html.HtmlElement:
    (link,) = tree_of(response).xpath("//a[contains(@class, 'language-switch')]")
    return link


def is_not_translated_page(response) -> bool:
    robots = tree_of(response).xpath("string(//meta[@name='robots']/@content)")
    return response.status_code == 200 and robots == "noindex" == response.headers.get("X-Robots-Tag")


def draft_in_english(page):
    return page.copy_for_translation(Locale.objects.get(language_code=ENGLISH.code))


@pytest.mark.parametrize(
    ("accepted", "home"),
    [
        ("zh-CN,zh;q=0.9", "/zh/"),
        ("zh-Hant-TW", "/zh/"),
        ("en-GB,en;q=0.8", "/en/"),
        ("en;q=0.7, zh-CN;q=0.9", "/zh/"),
        ("zh;q=0.7, en;q=0.9", "/en/"),
        ("fr, en;q=0.4, zh;q=0.2", "/en/"),
        ("en;q=0, fr", "/zh/"),
        ("fr", "/zh/"),
        ("*", "/zh/"),
        (";;q=,,=x;q=abc", "/zh/"),
        ("a," * 4000 + "en", "/zh/"),
        (None, "/zh/"),
    ],
)
def test_the_way_in_follows_the_browsers_language_chinese_first(client, accepted, home):
    response = client.get("/", headers={} if accepted is None else {"accept-language": accepted})
    assert (response.status_code, response.headers["Location"]) == (302, home)
    assert response.headers["Vary"] == "Accept-Language"


@pytest.mark.parametrize(
    "path", ["/zh/", "/en/", "/zh/bases/data/json/", "/en/news/feed/", "/sitemap.xml", "/robots.txt", "/no/"]
)
def test_below_the_way_in_no_header_chooses_the_language(client, path):
    chinese = client.get(path, headers={"accept-language": "zh"})
    english = client.get(path, headers={"accept-language": "en"})
    assert chinese.content == english.content
    assert "Accept-Language" not in chinese.headers.get("Vary", "")


@pytest.mark.parametrize("path", ["/", "/zh/", "/en/", "/zh/news/feed/", f"/en/news/{CHINESE_ONLY}/", "/zh/nothing/"])
def test_a_cookie_never_chooses_the_language(client, path):
    plain = client.get(path)
    for code in ("en", "zh-hans", "../../etc/passwd"):
        client.cookies["django_language"] = code
        answer = client.get(path)
        assert (answer.status_code, answer.content, answer.headers) == (plain.status_code, plain.content, plain.headers)


@pytest.mark.parametrize(
    ("path", "location"),
    [
        ("/zh-hans/", "/zh/"),
        ("/zh-cn/", "/zh/"),
        ("/zh-hans/news/2023/?page=2&x=%E4%B8%AD", "/zh/news/2023/?page=2&x=%E4%B8%AD"),
        ("/zh-cn/bases/yanshan-university/", "/zh/bases/yanshan-university/"),
        ("/zh-hans/%E6%B5%B7%3Fa%23b/", "/zh/%E6%B5%B7%3Fa%23b/"),
        ("/zh-cn//evil.example/", "/zh//evil.example/"),
        ("/zh-hans/%5Cevil.example/", "/zh/%5Cevil.example/"),
        ("/zh-hans/?next=//evil.example/", "/zh/?next=//evil.example/"),
    ],
)
def test_long_prefixes_lead_to_the_short_one_for_good(client, path, location):
    response = client.get(path)
    assert (response.status_code, response.headers["Location"]) == (301, location)


@pytest.mark.parametrize(
    "path", ["/news/", "/bases/yanshan-university/", "/fr/", "/zh_hans/", "/zh-tw/", "/EN/", "/news", "/zhx/"]
)
def test_an_address_without_a_language_does_not_exist(client, path):
    assert client.get(path, headers={"accept-language": "en"}).status_code == 404


@pytest.mark.parametrize("route", PAIRED)
def test_the_switch_leads_to_the_same_content(client, route):
    for here, there in ((CHINESE, ENGLISH), (ENGLISH, CHINESE)):
        link = switch_on(client.get(f"/{here.prefix}/{route}"))
        assert link.get("href") == f"/{there.prefix}/{route}"
        assert (link.text_content(), link.get("lang"), link.get("hreflang")) == (there.name, there.tag, there.tag)
        assert switch_on(client.get(link.get("href"))).get("href") == f"/{here.prefix}/{route}"


def test_the_languages_are_called_by_their_own_names(client):
    assert switch_on(client.get("/zh/")).text_content() == "English"
    assert switch_on(client.get("/en/")).text_content() == "中文"


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("?kind=offshore&province=330000", "?kind=offshore&province=330000"),
        ("?page=2&sort=year", "?sort=year"),
        ("?page=2", ""),
        ("?q=%E5%A4%A7%E5%AD%A6%26b&from=nobody-knows", "?q=%E5%A4%A7%E5%AD%A6%26b"),
    ],
)
def test_the_switch_keeps_the_question_but_not_the_page_number(client, query, kept):
    assert switch_on(client.get(f"/zh/bases/{query}")).get("href") == f"/en/bases/{kept}"


def test_an_item_without_english_says_so_at_its_english_address(client, original):
    response = client.get(f"/en/news/{CHINESE_ONLY}/")
    tree = tree_of(response)
    assert is_not_translated_page(response)
    assert tree.get("lang") == "en"
    assert not tree.xpath("//link[@rel='alternate'][@hreflang]|//link[@rel='canonical']")
    links = tree.xpath(f"//main//a[@href='/zh/news/{CHINESE_ONLY}/']")
    (named,) = [link for link in links if link.text_content() == original.title]
    assert lang_of(named) == "zh-Hans"
    assert tree.xpath("string(//main//time/@datetime)") == original.date
    assert switch_on(response).get("href") == f"/zh/news/{CHINESE_ONLY}/"


def test_the_switch_on_an_item_without_english_leads_to_the_page_that_says_so(client):
    link = switch_on(client.get(f"/zh/news/{CHINESE_ONLY}/"))
    assert link.get("href") == f"/en/news/{CHINESE_ONLY}/"
    assert is_not_translated_page(client.get(link.get("href")))


def test_an_english_draft_stays_hidden_behind_that_page(client, original):
    draft = draft_in_english(original)
    draft.title = "Nobody may read this yet"
    draft.save_revision()
    response = client.get(f"/en/news/{CHINESE_ONLY}/")
    assert is_not_translated_page(response)
    assert draft.title not in response.content.decode()


def test_publishing_the_english_item_turns_the_address_into_the_item(client, original):
    draft = draft_in_english(original)
    draft.title = "A base is unveiled in Jiujiang"
    draft.save_revision().publish()
    response = client.get(f"/en/news/{CHINESE_ONLY}/")
    tree = tree_of(response)
    assert not is_not_translated_page(response)
    assert tree.findtext(".//h1") == draft.title
    assert tree.xpath("//link[@rel='alternate']/@hreflang") == ["zh-Hans", "en", "x-default"]


def test_an_unpublished_original_is_not_told_of(client, original):
    original.unpublish()
    assert client.get(f"/en/news/{CHINESE_ONLY}/").status_code == 404


@pytest.mark.parametrize("hidden", ["the item", "the list above it"])
def test_a_private_original_is_not_told_of(client, original, hidden):
    page = original if hidden == "the item" else original.get_parent()
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert client.get(f"/en/news/{CHINESE_ONLY}/").status_code == 404


def test_a_page_in_english_alone_is_told_of_in_chinese(client):
    home = HomePage.objects.get(locale__language_code="en")
    page = home.add_child(instance=StandardPage(title="For newcomers", slug="for-newcomers", locale=home.locale))
    response = client.get("/zh/for-newcomers/")
    named = tree_of(response).xpath(f"//main//*[@lang='en']//a[@href='{page.get_url()}']/text()")
    assert is_not_translated_page(response)
    assert named == ["For newcomers"]
    assert tree_of(response).get("lang") == "zh-Hans"
    assert tree_of(client.get("/en/for-newcomers/")).xpath("//link[@rel='alternate']/@hreflang") == ["en", "x-default"]


def test_an_archive_without_english_lists_the_originals_and_is_not_indexed(client):
    dates = {page.date[:4] for page in NewsPage.objects.live().filter(locale__language_code="en")}
    year = next(page.date[:4] for page in NewsPage.objects.live() if page.date[:4] not in dates)
    tree = tree_of(client.get(f"/en/news/{year}/"))
    assert tree.xpath("string(//meta[@name='robots']/@content)") == "noindex"
    assert tree.xpath("//main//*[@lang='zh-Hans']//a[starts-with(@href, '/zh/news/')]")
    assert not tree.xpath("//link[@hreflang]")


def test_a_base_that_is_a_draft_has_no_page_in_either_language(client):
    Base.objects.get(slug="yanshan-university").unpublish()
    assert client.get("/zh/bases/yanshan-university/").status_code == 404
    assert client.get("/en/bases/yanshan-university/").status_code == 404


def test_a_translation_begins_as_a_draft_and_never_as_an_alias(admin_client, client, original):
    english = Locale.objects.get(language_code="en")
    response = admin_client.post(f"/admin/translation/submit/page/{original.pk}/", {"locales": [english.pk]})
    (copy,) = original.get_translations()
    assert response.status_code == 302
    assert (copy.live, copy.alias_of, copy.slug) == (False, None, original.slug)
    assert is_not_translated_page(client.get(f"/en/news/{CHINESE_ONLY}/"))
    assert not Page.objects.filter(alias_of__isnull=False).exists()


def test_dates_are_written_in_each_languages_form(client):
    for prefix, written in (("zh", "2023年3月6日"), ("en", "6 March 2023")):
        tree = tree_of(client.get(f"/{prefix}/news/yanshan-university-accredited/"))
        assert tree.xpath("string(//h1/following::time[1])") == written
        assert tree.xpath("string(//h1/following::time[1]/@datetime)") == "2023-03-06"


def test_numbers_are_written_in_each_languages_form(client):
    chinese, english = (tree_of(client.get(f"/{prefix}/")).text_content() for prefix in ("zh", "en"))
    assert "50余" in chinese
    assert "over 50" in english


def test_absolute_addresses_are_those_of_the_settings(client):
    tree = tree_of(client.get("/en/", headers={"host": "localhost"}))
    addresses = tree.xpath("//link[@rel='canonical' or @hreflang]/@href|//meta[@property='og:url']/@content")
    assert len(addresses) == 5
    assert all(address.startswith(settings.BASE_URL + "/") for address in addresses)
