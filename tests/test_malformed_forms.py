"""Malformed forms in the admin: each is answered with what is wrong, and none is a fault of the portal."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DataError
from django.http import Http404
from django.test import RequestFactory
from django.urls import resolve, reverse
from lxml import html
from wagtail.models import Page

from core.input_faults import reading_of
from core.malformed import MAX_JSON_DEPTH, MalformedInput
from news.models import NewsIndexPage, NewsPage
from tests.fuzz.values import content_state

pytestmark = pytest.mark.usefixtures("portal", "contexts")


@pytest.fixture
def form(admin_client):
    """A function that sends the form of a news item that is added, with changes, and returns the answer."""
    admin_client.raise_request_exception = False
    parent = NewsIndexPage.objects.get(locale__language_code="zh-hans")
    address = reverse("wagtailadmin_pages:add", args=("news", "newspage", parent.pk))
    tree = html.document_fromstring(admin_client.get(address).content.decode())
    fields = dict(tree.get_element_by_id("page-edit-form").form_values())
    fields |= {"title": "一则消息", "date": "2023-05-01", "summary": "摘要", "body-count": "0", "attachments-count": "0"}

    def send(**changes):
        data = fields | {name.replace("__", "-"): value for name, value in changes.items()}
        return admin_client.post(address, {name: value for name, value in data.items() if value is not None})

    return send


def _paragraph(value: str) -> dict:
    return {
        "body__count": "1",
        "body__0__deleted": "",
        "body__0__order": "0",
        "body__0__type": "paragraph",
        "body__0__value": value,
    }


def test_the_form_as_it_is_makes_a_page(form):
    assert form().status_code == 302
    assert form(**_paragraph(content_state())).status_code == 302
    assert NewsPage.objects.filter(title="一则消息").count() == 2


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "a\x00b"},
        {"body__count": "abc"},
        {"body__count": "1000000000"},
        {"body__count": "9" * 5000},
        {"body__count": None},
        {"corrections__TOTAL_FORMS": "3"},
        {"corrections__TOTAL_FORMS": "2147483648"},
        {"corrections__TOTAL_FORMS": "9" * 5000},
        {"next": "wagtail"},
        _paragraph("{"),
        _paragraph("[" * 5000),
        _paragraph("[" * (MAX_JSON_DEPTH + 2) + "]" * (MAX_JSON_DEPTH + 2)),
        _paragraph('{"a": "\\u0000"}'),
        _paragraph('{"a": "\\ud800"}'),
        _paragraph(content_state(block={"text": "\x00"})),
        _paragraph(content_state(block={"text": None})),
        _paragraph(content_state(block={"inlineStyleRanges": 1.5})),
        _paragraph(content_state(block={"entityRanges": [{"key": 7, "offset": 0, "length": 1}]})),
        _paragraph(content_state(entity={"data": None})),
        _paragraph(content_state(state={"blocks": [1]})),
        {"body__count": "1", "body__0__deleted": "", "body__0__order": "x", "body__0__type": "heading"},
    ],
    ids=str,
)
def test_what_no_editor_sends_is_refused_and_nothing_is_stored(form, changes):
    before = Page.objects.count()
    response = form(**changes)
    assert response.status_code == 400 or response.context["form"].errors
    assert Page.objects.count() == before


def test_a_refused_form_says_which_field_is_wrong_and_what_to_do(form):
    text = form(title="a\x00b").content.decode()
    assert "title" in text
    assert "不可见的控制字符" in text
    assert "An invisible control character" in text
    assert "U+0000" in text


def test_what_comes_along_from_a_pasted_document_is_removed_and_nothing_else_is_lost(form):
    text = content_state(block={"text": "正\x02文\x0b在\u202e此"})
    assert form(title="标\x1b题\x0b\ufffe", **_paragraph(text)).status_code == 302
    page = NewsPage.objects.get(title="标题")
    assert "正文在此" in page.body[0].value.source


def test_tabs_and_line_breaks_are_fine_in_a_form(form):
    assert form(summary="eins\r\n\tzwei").status_code == 302


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("get", "images/chooser/chosen/abc/", 404),
        ("get", "documents/chooser/chosen/９/", 404),
        ("get", "snippets/choose/news/topic/chosen/x/", 404),
        ("get", "snippets/news/topic/history/x/revisions/compare/live...latest/", 404),
        ("get", "pages/99999999999999999999/edit/", 404),
        ("get", f"pages/{'9' * 3000}/edit/", 404),
        ("get", "pages/search/?q=%22", 200),
        ("get", "pages/search/?page_type=abc", 200),
        ("get", "images/chooser/chosen-multiple/?id=abc", 400),
        ("get", "bulk/wagtailcore/page/publish/?id=abc", 400),
        ("get", "bulk/wagtailcore/page/publish/?id=99999999999999999999", 400),
        ("get", "pages/?ordering=abc", 200),
        ("get", "failwhale/", 404),
        ("get", "pages/7/revisions/0/revert/", 404),
        ("post", "choose-external-link/", 400),
        ("post", "snippets/choose/bases/base/create/", 404),
        ("post", "images/multiple/add/", 400),
        ("post", "documents/multiple/add/", 400),
        ("post", "documents/chooser/create/", 200),
        ("post", "redirects/import/process/", 400),
    ],
)
def test_addresses_of_the_admin_that_name_nothing(admin_client, method, address, status):
    admin_client.raise_request_exception = False
    response = getattr(admin_client, method)(reverse("wagtailadmin_home") + address)
    assert response.status_code == status


@pytest.mark.parametrize("way_back", ["[true]", "\x1b[31m", "\u202eabc", "\u200bhome"])
def test_a_way_back_that_is_no_path_is_refused(admin_client, way_back):
    admin_client.raise_request_exception = False
    page = NewsPage.objects.first()
    address = reverse("wagtailadmin_pages:unpublish", args=(page.pk,))
    assert admin_client.post(address, {"next": way_back}).status_code == 400
    page.refresh_from_db()
    assert page.live


def test_a_redirect_from_an_address_that_cannot_be_read_is_refused(admin_client):
    admin_client.raise_request_exception = False
    response = admin_client.post(reverse("wagtailredirects:add"), {"old_path": "http://[", "redirect_link": "/zh/"})
    assert response.status_code == 400


def test_a_page_that_was_deleted_meanwhile_is_no_place_to_copy_to(admin_client):
    admin_client.raise_request_exception = False
    page = Page.objects.get(url_path="/zh/about/")
    data = {"new_title": "副本", "new_slug": "fu-ben", "new_parent_page": "999999"}
    response = admin_client.post(reverse("wagtailadmin_pages:copy", args=(page.pk,)), data)
    assert response.status_code == 400
    assert "重新选择" in response.content.decode()


def test_a_link_to_another_site_is_chosen(admin_client):
    data = {"external-link-chooser-url": "https://www.cast.org.cn/", "external-link-chooser-link_text": "中国科协"}
    response = admin_client.post(reverse("wagtailadmin_choose_page_external_link"), data)
    assert response.status_code == 200
    assert response.json()["result"]["url"] == "https://www.cast.org.cn/"


def test_a_picture_that_is_none_is_refused(admin_client):
    admin_client.raise_request_exception = False
    for content in (b"\x89PNG\r\n\x1a\n" + b"\x00" * 40, b"RIFF\xff\xff\xff\xffWEBPVP8 " + b"\x00" * 24):
        files = {"files[]": SimpleUploadedFile("x.png", content)}
        response = admin_client.post(
            reverse("wagtailimages:add_multiple"), files, headers={"x-requested-with": "XMLHttpRequest"}
        )
        assert response.status_code < 500


def _request(path: str = "/admin/pages/7/edit/", **parameters):
    request = RequestFactory().get(path, parameters)
    request.resolver_match = resolve(path)
    return request


@pytest.mark.parametrize("fault", [ValueError("a mistake of ours"), TypeError("x"), KeyError("x"), RuntimeError(), OSError()])
def test_a_mistake_of_the_portals_own_is_not_taken_for_the_visitors(fault):
    assert reading_of(_request(q="abc"), fault) is None


def test_what_quotes_the_input_is_taken_for_its_fault():
    assert isinstance(reading_of(_request(q="abc"), ValueError("expected a number but got 'abc'")), MalformedInput)
    assert isinstance(reading_of(_request(), ValueError("expected a slug but got '7'")), Http404)
    assert isinstance(reading_of(_request(), DataError("too long")), MalformedInput)


def test_on_public_addresses_no_fault_is_explained_away(client, monkeypatch):
    def fail(*arguments, **options):
        raise DataError(json.dumps("x"))

    monkeypatch.setattr(NewsPage, "get_context", fail)
    client.raise_request_exception = False
    response = client.get("/zh/news/yanshan-university-accredited/")
    assert response.status_code == 500
    assert "DataError" not in response.content.decode()


def test_a_stranger_sends_the_admin_no_more_than_a_password(client):
    assert client.post(reverse("account_login"), {"login": "x" * 100_000}).status_code == 413
