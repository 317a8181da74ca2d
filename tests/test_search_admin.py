"""Search in the admin: Chinese in the middle of a title, pinyin and initials, in every list and chooser; the reports."""

import datetime

import pytest
from django.core.files.images import ImageFile
from django.db import OperationalError
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from wagtail.documents import get_document_model

from core.languages import CHINESE, ENGLISH
from core.models import PortalImage
from news.models import NewsPage
from search.models import Term, UnfoundQuery
from search.unfound import forget_old, remember
from tests.signing_in import client_of

pytestmark = pytest.mark.usefixtures("portal")

TYPED = ["认定为", "中国科协", "燕山大學", "yanshandaxue", "yan shan", "haizhijihua", "ysdxhrd"]
TITLE = "燕山大学获认定为中国科协海智计划基地"


@pytest.fixture
def article() -> NewsPage:
    return NewsPage.objects.get(url_path="/zh/news/yanshan-university-accredited/")


@pytest.mark.parametrize("typed", TYPED)
@pytest.mark.parametrize("view", ["explorer", "search", "chooser"])
def test_a_page_is_found_by_a_part_of_its_title_or_its_sound(admin_client, article, view, typed):
    address = {
        "explorer": reverse("wagtailadmin_explore_results", args=[article.get_parent().pk]),
        "search": reverse("wagtailadmin_pages:search_results"),
        "chooser": reverse("wagtailadmin_choose_page_search"),
    }[view]

    page = admin_client.get(address, {"q": typed}).content.decode()

    assert TITLE in page
    assert "2023年海智论坛举行" not in page or typed == "haizhijihua"


# Wagtail leaves the temporary file of a thumbnail to the garbage collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("typed", ["山大", "图书", "yanshan", "ysdx"])
def test_pictures_and_documents_are_found_so_too(admin_client, tmp_path, settings, typed):
    settings.MEDIA_ROOT = tmp_path
    path = tmp_path / "one.png"
    Image.new("RGB", (8, 8)).save(path)
    with path.open("rb") as file:
        image = PortalImage.objects.create(title="燕山大学图书馆", file=ImageFile(file, name="one.png"))
        PortalImage.objects.create(title="会议", file=ImageFile(file, name="two.png"))
    document = get_document_model().objects.create(title="燕山大学图书馆指南", file="guide.pdf")
    get_document_model().objects.create(title="会议手册", file="other.pdf")

    for name, found in (("wagtailimages:index_results", image), ("wagtaildocs:index_results", document)):
        page = admin_client.get(reverse(name), {"q": typed}).content.decode()
        assert found.title in page
        assert "会议" not in page


@pytest.mark.parametrize("typed", ['"', "\u3000", "a:b", "title:海智", "AND", "*", "海智 " * 200, "()", "\\"])
@pytest.mark.parametrize(
    "name", ["wagtailadmin_pages:search_results", "wagtailimages:index_results", "wagtaildocs:index_results"]
)
def test_no_sign_breaks_a_list(admin_client, name, typed):
    assert admin_client.get(reverse(name), {"q": typed}).status_code == 200


def test_a_filtered_list_is_searched(admin_client):
    address = reverse("wagtailsnippets_bases_base:list")

    page = admin_client.get(address, {"q": "jidi", "province": "130000", "ordering": "year"})

    assert page.status_code == 200
    assert "燕山大学" in page.content.decode()
    assert "合肥" not in page.content.decode().split("<tbody>")[1]


@pytest.mark.parametrize(
    ("data", "accepted"),
    [
        ({"chinese": "海智计划；海智", "english": ""}, True),
        ({"chinese": "海智", "english": "HOME"}, True),
        ({"chinese": "海智", "english": ""}, False),
        ({"chinese": "；", "english": ";;"}, False),
        ({"chinese": "★★★；※※※", "english": ""}, False),
    ],
)
def test_a_term_needs_two_names(admin_client, data, accepted):
    before = Term.objects.count()

    response = admin_client.post(reverse("wagtailsnippets_search_term:add"), data)

    assert (Term.objects.count() == before + 1) is accepted
    assert (response.status_code == 302) is accepted


@pytest.mark.parametrize(
    ("key", "unfound", "failures", "terms"),
    [
        ("writer", True, False, False),
        ("translator", True, False, False),
        ("reviewer", True, False, False),
        ("chief-editor", True, True, True),
        ("administrator", True, True, False),
    ],
)
def test_who_sees_the_reports_and_keeps_the_terms(staff, key, unfound, failures, terms):
    client = client_of(staff(key))

    allowed = [
        client.get(address).status_code == 200
        for address in (
            reverse("unfound_queries"),
            reverse("indexing_failures"),
            reverse("wagtailsnippets_search_term:add"),
        )
    ]

    assert allowed == [unfound, failures, terms]


def test_what_is_sought_in_vain_is_counted_by_month(client, admin_client):
    for _reader in range(3):
        client.get("/zh/search/", {"q": "火星 基地"})
    client.get("/en/search/", {"q": "Mars base"})
    client.get("/zh/search/", {"q": "燕山大学"})

    counted = {(query.text, query.language): query.count for query in UnfoundQuery.objects.all()}
    assert counted == {("火星 基地", CHINESE.code): 3, ("mars base", ENGLISH.code): 1}
    report = admin_client.get(reverse("unfound_queries")).content.decode()
    assert "火星 基地" in report
    assert "mars base" in report
    assert admin_client.get(reverse("unfound_queries"), {"export": "csv"}).status_code == 200


@pytest.mark.parametrize(
    "query", ["someone@example.org", "13800138000", "110101 19900101 1234", "张三 010-1234-5678", "x" * 61]
)
def test_what_may_be_personal_is_not_kept(client, query):
    client.get("/zh/search/", {"q": query})

    assert not UnfoundQuery.objects.exists()


def test_old_queries_are_forgotten(settings):
    settings.SEARCH_QUERIES_KEPT_DAYS = 60
    month = timezone.localdate().replace(day=1)
    old = (month - datetime.timedelta(days=120)).replace(day=1)
    UnfoundQuery.objects.create(text="旧", language=CHINESE.code, month=old)
    UnfoundQuery.objects.create(text="新", language=CHINESE.code, month=month)

    remember("又一个", CHINESE)

    assert set(UnfoundQuery.objects.values_list("text", flat=True)) == {"新", "又一个"}
    assert forget_old() == 0


def test_no_query_becomes_a_formula_of_a_spreadsheet(client, admin_client):
    client.get("/zh/search/", {"q": '=HYPERLINK("http://evil.example","qzjx")'})

    export = admin_client.get(reverse("unfound_queries"), {"export": "csv"})

    assert UnfoundQuery.objects.get().text.startswith("hyperlink")
    assert b"=hyper" not in b"".join(export.streaming_content)


def test_a_reader_gets_the_page_while_the_database_is_busy(client, monkeypatch):
    def busy(place):
        raise OperationalError("database is locked")

    monkeypatch.setattr("search.unfound._count", busy)

    assert client.get("/zh/search/", {"q": "火星基地"}).status_code == 200


def test_asking_for_the_head_alone_is_not_counted(client):
    client.head("/zh/search/", {"q": "火星基地"})

    assert not UnfoundQuery.objects.exists()
