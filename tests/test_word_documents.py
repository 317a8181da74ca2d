"""News from Word documents: what a .docx becomes, what is told of it, and what is refused."""

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation
from wagtail.images import get_image_model
from wagtail.models import PageLogEntry

from accounts.models import User
from core.languages import CHINESE, LANGUAGES
from news.models import NewsIndexPage, NewsPage
from news.word.blocks import body_of
from news.word.facts import facts_in
from news.word.findings import Findings
from news.word.package import checked_package
from news.word.pictures import Pictures
from news.word.reading import read
from tests import word_documents
from tests.signing_in import client_of
from tests.upload_files import picture
from tests.word_documents import send

pytestmark = pytest.mark.usefixtures("portal", "contexts")

Image = get_image_model()


@pytest.fixture
def writer(staff):
    return staff("writer")


def taken(client, content: bytes, **fields) -> NewsPage:
    """Return the page that the document became."""
    before = set(NewsPage.objects.values_list("pk", flat=True))
    response = send(client, content, **fields)
    found = NewsPage.objects.exclude(pk__in=before)
    assert found, response.context["form"].errors
    return found.get()


def blocks(page) -> list[tuple[str, object]]:
    return [(block["type"], block["value"]) for block in page.body.raw_data]


def told(client, page) -> str:
    return client.get(reverse("news_from_word_findings", args=(page.pk,))).content.decode()


def test_a_document_becomes_a_draft_with_all_its_parts(writer):
    client = client_of(writer)
    page = taken(client, word_documents.full_document())

    images = {image.pk: image for image in Image.objects.filter(uploaded_by_user=writer).order_by("pk")}
    first, second = images

    assert (page.title, page.slug, page.live) == ("海智计划工作会议召开", "hai-zhi-ji-hua-gong-zuo-hui-yi-zhao-kai", False)
    assert (page.locale.language_code, page.owner, page.source, page.date) == ("zh-hans", writer, "科技日报", "2023-05-06")
    assert blocks(page) == [
        ("heading", {"text": "会议概况", "level": "2"}),
        (
            "paragraph",
            "<p>会议有 120人参加，<b>意义重大</b>。面积10<sup>2</sup>"
            '<a href="https://www.cast.org.cn/?a=1&amp;b=2">中国科协</a>危险</p>',
        ),
        ("heading", {"text": "议程", "level": "3"}),
        ("paragraph", "<ol><li>第一项</li><li>第二项</li></ol><ul><li>要点</li></ul>"),
        ("quote", {"text": "开放合作，互利共赢。", "attribution": "与会者"}),
        ("figure", {"image": first, "caption": "图1　会场"}),
        ("figure", {"image": second, "caption": ""}),
        (
            "table",
            {
                "columns": [{"type": "text", "heading": "地区"}, {"type": "text", "heading": "人数"}],
                "rows": [{"values": ["河北", "12"]}, {"values": ["山东", "9"]}],
                "caption": "表1　各地人数",
            },
        ),
        ("paragraph", "<p>见注1<sup>[1]</sup></p><p>见注2<sup>[2]</sup></p>"),
        ("heading", {"text": "注释", "level": "2"}),
        ("paragraph", "<ol><li>据会议材料。</li><li>以发布为准。</li></ol>"),
    ]
    assert [(image.alt_text_zh_hans, image.title) for image in images.values()] == [("会场全景", "会场全景"), (None, "通知 2")]
    assert NewsPage.body.field.stream_block.clean(page.body)
    assert client.get(reverse("wagtailadmin_pages:edit", args=(page.pk,))).status_code == 200
    list_of_findings = told(client, page)
    assert "通知.docx" in list_of_findings
    assert all(words in list_of_findings for words in ("来源：科技日报", "危险", "替代文本"))


def test_an_office_document_without_styles_is_read_by_its_look(writer):
    page = taken(client_of(writer), word_documents.wps_document())

    assert page.title == "关于开展海智基地申报工作的通知"
    assert blocks(page) == [
        ("paragraph", "<p>各有关单位：</p>"),
        ("heading", {"text": "一、申报条件", "level": "2"}),
        ("paragraph", "<p>具备下列条件之一。</p>"),
        ("heading", {"text": "（一）工作基础", "level": "3"}),
        (
            "paragraph",
            "<p>第一句话。第二行接<br/>着写。</p><p>另起一段。</p>"
            "<p><b>二、这一条写得很长，是正文里的一句话，不是标题。</b></p><p>1. 不加粗的编号是正文</p>",
        ),
    ]


def test_merged_cells_frames_and_tables_too_large_are_told(writer):
    document = docx.Document()
    document.add_paragraph("A title", style="Title")
    document.add_table(rows=1, cols=1).cell(0, 0).text = "In a frame."
    table = document.add_table(rows=3, cols=2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "Experts by year"
    for place, text in (((1, 0), "Year"), ((1, 1), "Experts"), ((2, 0), "2023"), ((2, 1), "619")):
        table.cell(*place).text = text
    document.add_table(rows=3, cols=31)
    client = client_of(writer)

    page = taken(client, word_documents.saved(document))

    assert [kind for kind, _value in blocks(page)] == ["paragraph", "table"]
    table = blocks(page)[1][1]
    assert (table["caption"], table["rows"]) == ("Experts by year", [{"values": ["2023", "619"]}])
    assert [column["heading"] for column in table["columns"]] == ["Year", "Experts"]
    entry = PageLogEntry.objects.get(page=page.pk, action="news.from_word")
    assert {kind for kind, _count, _places in entry.data["findings"]} == {"merged_cells", "large_tables"}


@pytest.mark.parametrize("kind", word_documents.LEFTOVERS)
def test_what_is_not_taken_over_is_told(kind):
    findings, user = Findings(), User(is_superuser=True)
    content = word_documents.with_xml(word_documents.LEFTOVERS[kind])
    pictures = Pictures(user, None, CHINESE, "a", findings)

    text = read(checked_package(SimpleUploadedFile("a.docx", content), findings), pictures.take, findings)
    body_of(text.html, findings)

    (finding,) = findings
    assert (finding.kind, finding.count) == (kind, 1) or (kind == "changes" and finding.count == 2)
    for language in LANGUAGES:
        with translation.override(language.code):
            assert finding.text.strip()


def test_pictures_pass_the_checks_of_every_upload_and_go_where_the_person_may_add(writer, staff):
    def document(*pictures: bytes) -> bytes:
        document = docx.Document()
        document.add_paragraph("标题一行")
        for content in pictures:
            word_documents.add_picture(document, content, "一幅图片的说明")
        return word_documents.saved(document)

    client = client_of(writer)
    huge, twice = picture("PNG", (5001, 5000)), picture("JPEG")
    page = taken(client, document(huge, twice, twice))

    assert len({value["image"] for kind, value in blocks(page) if kind == "figure"}) == 1
    assert "不得超过 25 百万像素" in told(client, page)
    assert Image.objects.filter(uploaded_by_user=writer).count() == 1
    group = writer.groups.get()
    group.collection_permissions.filter(permission__codename="add_image").delete()
    client = client_of(User.objects.get(pk=writer.pk))
    page = taken(client, document(twice))
    assert blocks(page) == []
    assert "图片" in told(client, page)


def test_each_writes_in_their_own_tree_and_others_not_at_all(staff):
    chinese, english = (NewsIndexPage.objects.get(locale__language_code=language.code) for language in LANGUAGES)
    content = word_documents.wps_document()
    assert taken(client_of(staff("translator")), content, news_list=chinese.pk).get_parent().specific == english

    client = client_of(staff("chief-editor"))
    assert "news_list" in send(client, content).context["form"].errors
    assert taken(client, content, news_list=english.pk).get_parent().specific == english
    form = client.get(reverse("news_from_word"), {"list": english.pk}).content.decode()
    assert f'value="{english.pk}" required id="id_news_list_1" checked' in form
    explorer = client.get(reverse("wagtailadmin_explore", args=(chinese.pk,))).content.decode()
    assert f"{reverse('news_from_word')}?list={chinese.pk}" in explorer
    for role in ("reviewer", "bases-writer", "auditor", "administrator"):
        assert client_of(staff(role)).get(reverse("news_from_word")).status_code != 200, role


def test_dates_and_sources_are_taken_only_where_they_are_plainly_stated():
    stated = {
        "来源：科技日报  作者：张三  日期：2023年5月6日": {"source": "科技日报", "author": "张三", "date": "2023-05-06"},
        "（来源：新华社）": {"source": "新华社"},
        "Source: CAST | Date: 6 May 2023": {"source": "CAST", "date": "2023-05-06"},
        "Date: May 6, 2023": {"date": "2023-05-06"},
        "日期：2023-06-31": {},
        "据介绍，来源：不明": {},
        "会议2023年5月6日召开": {},
    }

    assert {line: facts_in(line) for line in stated} == stated
