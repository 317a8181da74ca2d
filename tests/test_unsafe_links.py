"""Links and texts that staff save: what could run, mislead or break a page is refused, or taken out of it."""

import json

import lxml.html
import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import streamfield

from bases.models import Base
from core.links import safe_link
from core.rich_text import whitelisted
from news.models import NewsPage
from tests.editing import body, content_state, link, page_at, publish_page
from tests.signing_in import client_of
from tests.unsafe_addresses import UNSAFE

pytestmark = pytest.mark.usefixtures("portal", "contexts")

ARTICLE = "zh/news/yanshan-university-accredited"
SAFE = (
    "https://www.cast.org.cn/",
    "http://example.org:8080/a?b=c#d",
    "mailto:a@example.org",
    "tel:+8610123",
    "/zh/news/",
    "#top",
    "//cast.org.cn/",
)


@pytest.fixture
def chief(staff):
    return client_of(staff("chief-editor"))


def _hrefs(html: str) -> list[str]:
    return list(lxml.html.fromstring(f"<div>{html}</div>").xpath("//@href"))


@pytest.mark.parametrize("address", UNSAFE)
def test_an_address_that_could_run_leads_nowhere(address):
    assert safe_link(address) == ""
    assert _hrefs(whitelisted(f'<p><a href="{address}">x</a></p>')) == []


@pytest.mark.parametrize("address", SAFE)
def test_an_address_of_the_web_stays_as_it_is(address):
    assert safe_link(address) == address
    assert _hrefs(whitelisted(f'<p><a href="{address}">x</a></p>')) == [address]


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        "<p onclick=alert(1)>x</p>",
        '<p data-block-key="a" style="x">x</p>',
        '<a href="https://a.cn" onmouseover="x">x</a>',
        '<a href="https://a.cn"target=_blank>x</a>',
        "<iframe src=//evil.example></iframe>",
        "<svg/onload=alert(1)>",
        "<p><img src=x onerror=alert(1)>",
        "<p\n onclick=alert(1)>",
        "<!--><script>alert(1)</script>-->",
        "<a href='javascript:alert(1)'>x</a>",
        "<A HREF=javascript:alert(1)>x</A>",
        '<embed embedtype="media" url="https://evil.example"/>',
    ],
)
def test_only_the_elements_of_body_text_are_shown(html):
    shown = lxml.html.fromstring(f"<div>{whitelisted(html)}</div>")

    assert {element.tag for element in shown.iter() if isinstance(element.tag, str)} <= {"div", "p", "a"}
    assert {name for element in shown.iter() for name in element.attrib} <= {"href"}


def test_a_stored_text_of_another_program_breaks_neither_page_nor_editor(chief, client):
    page = page_at(ARTICLE)
    text = (
        '<p>起<a linktype="page" id="abc">1</a><a linktype="page">2</a><a linktype="document" id="x&quot;y">3</a>'
        f'<a linktype="page" id="{"9" * 40}">4</a><a linktype="other" id="1">5</a><a href="javascript:x">6</a>'
        '<embed embedtype="image" id="z" alt="" format="left"/><embed embedtype="media" url="https://e.example"/>'
        "<li>7</p><b>8<script>alert(1)</script>终</p>"
    )
    page.body = json.dumps([{"type": "paragraph", "value": text}])
    page.save_revision().publish()

    public = client.get(page.url)
    editor = chief.get(reverse("wagtailadmin_pages:edit", args=(page.pk,)))

    assert (public.status_code, editor.status_code) == (200, 200)
    prose = lxml.html.fromstring(public.content.decode()).xpath("//div[@class='prose']")[0]
    assert prose.xpath(".//@href | .//embed | .//script | .//img | .//iframe") == []
    assert "起" in prose.text_content()


@pytest.mark.parametrize("address", UNSAFE)
def test_the_editor_keeps_no_unsafe_link(chief, address):
    page = page_at(ARTICLE)

    publish_page(chief, page, **body(("paragraph", content_state("一个链接", link(url=address)))))

    page.refresh_from_db()
    assert "一个链接" in lxml.html.fromstring(page.body[0].value.source).text_content()
    assert "href" not in page.body[0].value.source


@pytest.mark.parametrize("number", ["abc", "1 onclick=x", -1, 1.5, True, [1], {"a": 1}, "9" * 5_000, '"><script>', "１"])
@pytest.mark.parametrize("kind", ["LINK", "DOCUMENT"])
def test_the_editor_keeps_no_link_without_a_proper_number(chief, client, kind, number):
    page = page_at(ARTICLE)
    entity = {"type": kind, "mutability": "MUTABLE", "data": {"id": number}}

    response = publish_page(chief, page, **body(("paragraph", content_state("一个链接", entity))))

    assert response.status_code in {200, 302}
    page.refresh_from_db()
    assert 'id="' not in page.body[0].value.source if page.body[0].block_type == "paragraph" else True
    assert client.get(page.url).status_code == 200


@pytest.mark.parametrize(
    "sent",
    [
        "",
        "x",
        "{",
        "[]",
        "1",
        '"text"',
        "{}",
        '{"blocks": 1, "entityMap": {}}',
        '{"blocks": [1], "entityMap": {}}',
        '{"blocks": [{"key": {}, "text": 5, "type": [], "depth": "x"}], "entityMap": []}',
        '{"blocks": [{"key": "a", "text": "x", "type": "unstyled", "depth": 0, "inlineStyleRanges": [],'
        ' "entityRanges": [{"offset": 0, "length": 1, "key": 7}]}], "entityMap": {}}',
        "[" * 100_000,
    ],
)
def test_rich_text_that_cannot_be_read_is_a_form_error(chief, sent):
    page = page_at(ARTICLE)
    before = page.body[0].value

    response = publish_page(chief, page, **body(("paragraph", sent)))

    assert response.status_code == 400 or response.context["form"].errors
    page.refresh_from_db()
    assert str(page.body[0].value) == str(before)


@pytest.mark.parametrize(
    "changes",
    [
        {"body-count": "x"},
        {"body-count": ""},
        {"body-count": "-1"},
        {"body-count": "99999999"},
        {"body-count": "9" * 5_000},
        {"body-count": "1"},
        {"body-count": "1", "body-0-deleted": "", "body-0-type": "paragraph", "body-0-order": "x", "body-0-value": "{}"},
        {"body-count": "1", "body-0-deleted": "", "body-0-type": "table", "body-0-order": "0", "body-0-value": "{"},
        {"body-count": "1", "body-0-deleted": "", "body-0-type": "gallery", "body-0-order": "0", "body-0-value-title": ""},
        {"body-count": "1", "body-0-deleted": "", "body-0-type": "dated_figure", "body-0-order": "0", "body-0-value": "9" * 99},
        {"body-count": "1", "body-0-deleted": "", "body-0-type": "dated_figure", "body-0-order": "0", "body-0-value": "x'--"},
        {"attachments-count": "x"},
    ],
)
def test_blocks_that_cannot_be_read_are_a_form_error(chief, changes):
    response = publish_page(chief, page_at(ARTICLE), **changes)

    assert response.status_code == 400 or response.context["form"].errors


@pytest.mark.parametrize("address", [*UNSAFE[:6], *UNSAFE[8:16]])
def test_a_link_block_and_the_source_of_news_take_web_addresses_alone(chief, address):
    links = {"title": "", "links": streamfield([("item", {"title": "题", "page": "", "url": address})])}

    response = publish_page(chief, page_at(ARTICLE), source_url=address, **body(("related_links", links)))

    assert response.status_code == 200
    assert {"body", "source_url"} <= set(response.context["form"].errors)


def test_addresses_of_records_and_settings_are_of_the_web_alone():
    fields = [
        field for model in (Base, NewsPage) for field in model._meta.get_fields() if field.name in {"website", "source_url"}
    ]
    for field in fields:
        for address in UNSAFE:
            with pytest.raises(Exception, match="http"):
                field.run_validators(address)


def test_a_stored_address_that_could_run_is_shown_without_a_way_there(client):
    Base.objects.filter(slug="yanshan-university").update(website="javascript:alert(1)", source_url="data:text/html,x")

    tree = lxml.html.fromstring(client.get("/zh/bases/yanshan-university/").content.decode())

    assert [address for address in tree.xpath("//@href") if address.startswith(("javascript:", "data:"))] == []


def test_nothing_can_be_embedded(chief):
    response = chief.post(
        reverse("wagtailembeds:chooser_upload"), {"embed-chooser-url": "https://www.youtube.com/watch?v=dQw4w9WgXcQ"}
    )

    assert response.status_code == 200
    assert response.json()["step"] == "chooser"
    assert "error" in response.json()["html"]
