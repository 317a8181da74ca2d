"""The checks where people write, review and decide: in the editor, the preview, a page of their own, and in the settings."""

import json

import lxml.html
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation
from wagtail.models import ModelLogEntry
from wagtail.test.utils.form_data import querydict_from_html
from wagtail.users.models import UserProfile

from accounts.reviewing import refusal
from audit.models import Entry
from editorial.checks.grades import Grade
from editorial.models import CheckSettings, ListedWord
from news.models import NewsPage
from tests.editing import NO_BODY, SUBMIT, body, content_state, edit_page, page_at
from tests.factories import make_milestone
from tests.signing_in import client_of

ARTICLE = "en/news/yanshan-university-accredited"
LISTED = "//table[@class='listing']/tbody//td[1]"
FAULTY = body(("paragraph", content_state("It has beenaccomplished.")))


@pytest.fixture
def translator(portal, staff):
    """Somebody who reads the admin in English."""
    user = staff("translator")
    UserProfile.objects.create(user=user, preferred_language="en")
    return client_of(user)


@pytest.fixture
def chief(portal, staff):
    return client_of(staff("chief-editor"))


@pytest.fixture
def article(portal):
    return page_at(ARTICLE)


def shown(response, path: str) -> list[str]:
    tree = lxml.html.fromstring(response.content.decode())
    return [" ".join(found.text_content().split()) for found in tree.xpath(path)]


def in_review(page) -> bool:
    return type(page).objects.get(pk=page.pk).workflow_in_progress


def test_a_grave_finding_refuses_review_names_the_place_and_keeps_what_was_written(translator, article):
    response = edit_page(translator, article, title="A new title", source="", **FAULTY, **SUBMIT)

    assert not in_review(article)
    told = " ".join(shown(response, "//*[contains(@class, 'errorlist')]/li"))
    assert "Source: the source is missing" in told
    assert "save it as a draft" in told
    assert "A new title" in response.content.decode()
    listed = shown(response, "//*[@class='findings']//li")
    assert [entry.split(" ", 1)[0] for entry in listed] == ["SourceGrave:", "Body,"]
    anchors = lxml.html.fromstring(response.content.decode()).xpath("//*[@class='findings']//li/a/@href")
    assert anchors[0] == "#id_source"
    assert anchors[1].startswith("#block-")


def test_a_draft_is_saved_with_all_its_faults(translator, article):
    edit_page(translator, article, source="", **FAULTY)

    assert page_at(ARTICLE).get_latest_revision_as_object().source == ""


def test_what_only_warns_is_told_to_who_sends_the_text_in(translator, article):
    correction = {"corrections-TOTAL_FORMS": "1", "corrections-0-date": "2023-05-01", "corrections-0-text": "A name."}
    response = edit_page(translator, article, **FAULTY, **correction, **SUBMIT)

    assert in_review(article)
    assert page_at(ARTICLE).get_latest_revision_as_object().corrections.count() == 1
    told = shown(translator.get(response.headers["Location"]), "//*[contains(@class, 'messages')]")
    assert any("The checks found 1 thing to look at." in message for message in told)

    listed = translator.get(reverse("checks_of_page", args=(article.pk,)))
    assert shown(listed, LISTED) == ["Body, block 1 (Text)"]
    assert "a blank is missing: “been accomplished”?" in listed.content.decode()


def test_a_new_page_and_a_new_record_are_refused_as_well(translator, portal):
    index = page_at("en/news")
    address = reverse("wagtailadmin_pages:add", args=("news", "newspage", index.pk))
    form = querydict_from_html(translator.get(address).content.decode(), "page-edit-form")
    data = {**form.dict(), **NO_BODY, "title": "New", "date": "2023-05-01", **SUBMIT}
    refused = translator.post(address, data)
    assert "Source: the source is missing" in " ".join(shown(refused, "//*[contains(@class, 'errorlist')]/li"))
    assert shown(refused, "//*[@class='findings']//li/a") == ["Source"]
    assert shown(translator.get(address), "//*[@class='findings']") == []
    assert not NewsPage.objects.filter(title="New").exists()

    translator.post(address, {**data, "source": "CAST"})
    page = NewsPage.objects.get(title="New")
    assert (page.slug, in_review(page)) == ("new", True)


def test_a_record_with_a_grave_finding_is_refused_review(translator, portal):
    milestone = make_milestone(1)
    milestone.save_revision()
    ListedWord.objects.create(word="Event", language="en", grade=Grade.GRAVE)
    address = reverse(milestone.snippet_viewset.get_url_name("edit"), args=(milestone.pk,))
    form = querydict_from_html(translator.get(address).content.decode()).dict()

    response = translator.post(address, {**form, **SUBMIT})
    assert not in_review(milestone)
    assert "“Event” is a word to avoid" in response.content.decode()

    listed = translator.get(reverse("checks_of_record", args=("programs", "milestone", milestone.pk)))
    assert shown(listed, LISTED) == ["What happened (English)"]


def test_nobody_approves_what_has_become_grave_since_it_was_sent_in(translator, article, staff):
    edit_page(translator, article, title="A new title", **SUBMIT)
    assert in_review(article)
    ListedWord.objects.create(word="new title", language="en", grade=Grade.GRAVE)

    article.refresh_from_db()
    reviewer = staff("reviewer")
    with translation.override("en"):
        assert refusal(article, reviewer).startswith("This text cannot be published yet: Title: “new title” is a word to avoid")
    step = article.current_workflow_task_state
    client_of(reviewer).post(reverse("wagtailadmin_pages:workflow_action", args=(article.pk, "approve", step.pk)))
    step.refresh_from_db()
    assert step.status == step.STATUS_IN_PROGRESS


def test_the_preview_shows_what_is_found_while_one_writes_and_readers_never_see_it(translator, article, client):
    address = reverse("wagtailadmin_pages:preview_on_edit", args=(article.pk,))
    edit = reverse("wagtailadmin_pages:edit", args=(article.pk,))
    form = querydict_from_html(translator.get(edit).content.decode(), "page-edit-form").dict()
    assert translator.post(address, {**form, **NO_BODY, **FAULTY}).json()["is_valid"]

    assert "been accomplished" in translator.get(address, {"mode": ""}).content.decode()
    article.body = json.dumps([{"type": "paragraph", "value": "<p>It has beenaccomplished.</p>"}])
    article.save_revision().publish()
    assert "been accomplished" not in client.get(article.url).content.decode()


def test_a_chief_editor_chooses_the_grades(chief, portal, django_capture_on_commit_callbacks):
    setting = CheckSettings.load()
    address = reverse("wagtailsettings:edit", args=("editorial", "checksettings", setting.pk))
    rows = shown(chief.get(address), "//table[contains(@class, 'grades')]//tbody/tr")
    assert len(rows) >= 12

    with django_capture_on_commit_callbacks(execute=True):
        chief.post(address, {"grades-spacing": str(Grade.GRAVE.value), "grades-source": str(Grade.GRAVE.value)})
    assert CheckSettings.chosen() == {"spacing": Grade.GRAVE}
    assert Entry.objects.filter(event="settings.changed", object_kind="editorial.checksettings").exists()

    wrong = chief.post(address, {"grades-spacing": "9"})
    assert shown(wrong, "//*[contains(@class, 'error-message')]")
    assert CheckSettings.chosen() == {"spacing": Grade.GRAVE}


def imported(client, content: bytes):
    return client.post(reverse("import_listed_words"), {"file": SimpleUploadedFile("words.txt", content, "text/plain")})


def words() -> set[tuple]:
    return set(ListedWord.objects.values_list("word", "language", "replacement", "grade"))


def test_words_come_from_a_text_file_and_change_those_the_list_has(chief):
    ListedWord.objects.create(word="帐号", language="zh-hans")
    text = "# 词表\n帐号|账号|严重\n\noversea talents\toverseas talents\n某某 Programme\n"

    for content in (text.encode(), text.encode("utf-8-sig"), text.replace("\n", "\r\n").encode("gb18030")):
        assert imported(chief, content).status_code == 302
        assert words() == {
            ("帐号", "zh-hans", "账号", Grade.GRAVE),
            ("oversea talents", "en", "overseas talents", Grade.WARNS),
            ("某某 Programme", "zh-hans", "", Grade.WARNS),
        }
    assert ModelLogEntry.objects.filter(action="wagtail.create", content_type__model="listedword").count() == 2
    heads = shown(chief.get(reverse("wagtailsnippets_editorial_listedword:list")), "//table//th")
    assert [head for head in heads if head in {"语言", "级别"}] == ["语言", "级别"]


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("帐号|账号\n字\n".encode(), "第2行：词语至少两个字符。"),
        ("帐号\n帐号\n".encode(), "第2行：“帐号”在文件中重复出现。"),
        ("帐号|账号|很严重".encode(), "第1行：“很严重”不是级别"),
        ("帐号|账号|严重|多余".encode(), "第1行：每行最多三部分"),
        ("帐号|帐号".encode(), "第1行：与原词相同。"),
        (("长" * 101).encode(), "第1行："),
        (b"# nothing\n", "文件中没有词语。"),
        (b"\xff\xfe\x00\x01\x02", "文件不是纯文本"),
        (b"ab\n" * 10_001, "文件超过10000行"),
        (b"a" * 1_000_001, "文件超过1 MB"),
    ],
    ids=["short", "twice", "grade", "parts", "itself", "long", "nothing", "binary", "lines", "bytes"],
)
def test_a_faulty_file_is_refused_whole_and_each_line_named(chief, content, fault):
    response = imported(chief, content)

    assert response.status_code == 200
    assert any(message.startswith(fault) for message in shown(response, "//*[@role='alert']/li"))
    assert words() == set()
