"""Records in the admin: lists, search, forms, previews, choosers, drafts, in each person's language."""

import re
from datetime import timedelta

import lxml.html
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.site_summary import SiteSummaryPanel
from wagtail.models import Page

from accounts.models import User
from bases.models import Base, BaseCategory, BaseIndexPage, Province
from news.models import Topic
from programs.models import Figure, Milestone
from tests.signing_in import client_of

pytestmark = pytest.mark.usefixtures("contexts")


RECORDS = (Base, BaseCategory, Topic, Figure, Milestone)
BOTH_LANGUAGES = {"zh-hans": "zh-Hans", "en": "en"}


def _address(model, view: str, *arguments) -> str:
    return reverse(f"wagtailsnippets_{model._meta.app_label}_{model._meta.model_name}:{view}", args=arguments)


def _text(client, address: str, **query) -> str:
    response = client.get(address, query)
    assert response.status_code == 200, address
    return response.content.decode()


def _form(client, address: str) -> dict:
    """Return the fields of the record's form as a browser would send them."""
    for form in lxml.html.fromstring(_text(client, address)).forms:
        if any(name.endswith("_zh_hans") for name in form.fields):
            return dict(form.form_values())
    raise AssertionError(f"there is no form at {address}")


def _rows(text: str) -> int:
    """Return how many records a list of the admin shows."""
    return len(lxml.html.fromstring(text).xpath("//table[contains(@class, 'listing')]/tbody/tr"))


@pytest.mark.parametrize("model", [*RECORDS, Province], ids=lambda model: model.__name__)
def test_every_record_can_be_listed_added_edited_and_looked_up(portal, admin_client, model):
    record = model.objects.first()

    assert _rows(_text(admin_client, _address(model, "list"))) == min(model.objects.count(), 50 if model in RECORDS else 20)
    for view in ("edit", "history", "usage", "delete"):
        _text(admin_client, _address(model, view, record.pk))
    assert _form(admin_client, _address(model, "add"))


def test_a_list_of_records_takes_the_same_queries_whatever_it_holds(portal, admin_client, django_assert_num_queries):
    address = _address(Base, "list")
    with CaptureQueriesContext(connection) as captured:
        assert _rows(_text(admin_client, address)) > 30
    Base.objects.exclude(pk__in=Base.objects.values("pk")[:2]).delete()

    with django_assert_num_queries(len(captured)):
        assert _rows(_text(admin_client, address)) == 2


@pytest.mark.parametrize("kind", ["scheduled", "in review"])
def test_a_list_of_records_tells_their_state(portal, admin_client, kind):
    base = Base.objects.first()
    if kind == "scheduled":
        base.save_revision(approved_go_live_at=timezone.now() + timedelta(days=1))
    else:
        base.get_workflow().start(base, User.objects.get(username="root"))

    listed = Base.objects.with_status().in_bulk()

    assert {pk for pk, one in listed.items() if one.approved_schedule} == ({base.pk} if kind == "scheduled" else set())
    assert {pk for pk, one in listed.items() if one.workflow_in_progress} == ({base.pk} if kind == "in review" else set())
    assert listed[base.pk].status_string == Base.objects.get(pk=base.pk).status_string
    assert _rows(_text(admin_client, _address(Base, "list"))) == len(listed)


@pytest.mark.parametrize(
    ("model", "text", "found"),
    [
        (Base, "燕山", "yanshan-university"),
        (Base, "山大", "yanshan-university"),
        (Base, "yanshandaxue", "yanshan-university"),
        (Base, "ysdx", "yanshan-university"),
        (Base, "Yanshan", "yanshan-university"),
        (BaseCategory, "离岸", "offshore"),
        (BaseCategory, "offshore", "offshore"),
        (Topic, "基地", "base"),
        (Topic, "Bases", "base"),
        (Figure, "离岸基地", "offshore-bases"),
        (Figure, "overseas org", "overseas-organisations"),
    ],
)
def test_a_list_is_searched_in_both_languages_and_bases_by_pinyin(portal, admin_client, model, text, found):
    record = model.objects.get(slug=found)

    page = _text(admin_client, _address(model, "list"), q=text)

    assert _address(model, "edit", record.pk) in page
    assert 0 < _rows(page) < model.objects.count()


def test_a_search_that_finds_nothing_lists_nothing(portal, admin_client):
    assert _rows(_text(admin_client, _address(Base, "list"), q="没有这样的基地")) == 0


@pytest.mark.parametrize("model", RECORDS, ids=lambda model: model.__name__)
@pytest.mark.parametrize("mode", BOTH_LANGUAGES)
def test_every_record_is_previewed_in_each_language(portal, admin_client, model, mode):
    for record in model.objects.all()[:5]:
        address = _address(model, "preview_on_edit", record.pk)

        answer = admin_client.post(address, _form(admin_client, _address(model, "edit", record.pk)))
        shown = _text(admin_client, address, mode=mode)

        assert answer.json() == {"is_valid": True, "is_available": True}
        name = "text" if model is Milestone else "name"
        assert lxml.html.fromstring(shown).get("lang") == BOTH_LANGUAGES[mode]
        assert getattr(record, f"{name}_{mode.replace('-', '_')}") in lxml.html.fromstring(shown).text_content()


def test_what_is_typed_is_previewed_before_it_is_saved(portal, admin_client):
    base = Base.objects.get(slug="yanshan-university")
    data = _form(admin_client, _address(Base, "edit", base.pk)) | {
        "name_en": "A name just typed",
        "name_zh_hans": "刚输入的名称",
    }
    address = _address(Base, "preview_on_edit", base.pk)

    assert admin_client.post(address, data).json() == {"is_valid": True, "is_available": True}
    assert "A name just typed" in _text(admin_client, address, mode="en")
    assert "刚输入的名称" in _text(admin_client, address, mode="zh-hans")
    assert Base.objects.get(slug="yanshan-university").name_en != "A name just typed"


def test_a_base_is_previewed_before_the_directory_of_its_language_is_published(portal, admin_client):
    BaseIndexPage.objects.get(locale__language_code="en").unpublish()
    base = Base.objects.get(slug="yanshan-university")
    address = _address(Base, "preview_on_edit", base.pk)
    admin_client.post(address, _form(admin_client, _address(Base, "edit", base.pk)))

    assert base.name_en in _text(admin_client, address, mode="en")


NEW_BASE = {"name_zh_hans": "某新基地", "short_name_zh_hans": "新基地", "source_zh_hans": "某报道", "slug": "a-new-base"}


def _new_base(client, **changes) -> dict:
    facts = {"category": BaseCategory.objects.get(slug="working").pk, "province": "130000"}
    return _form(client, _address(Base, "add")) | NEW_BASE | facts | changes


def test_a_new_base_is_previewed_while_its_english_is_still_missing(portal, admin_client):
    address = _address(Base, "preview_on_add")

    assert admin_client.post(address, _new_base(admin_client)).json() == {"is_valid": True, "is_available": True}
    for mode in BOTH_LANGUAGES:
        assert "某新基地" in _text(admin_client, address, mode=mode)


@pytest.mark.parametrize(
    ("model", "english"),
    [(Base, ["name_en", "short_name_en", "source_en"]), (Topic, ["name_en"]), (Milestone, ["text_en", "source_en"])],
    ids=lambda value: value.__name__ if isinstance(value, type) else "",
)
def test_a_record_without_english_is_kept_as_a_draft_and_refused_for_review(portal, admin_client, model, english):
    values = {
        Base: NEW_BASE | {"category": BaseCategory.objects.get(slug="working").pk, "province": "130000"},
        Topic: {"name_zh_hans": "新专题", "slug": "a-new-topic", "position": "9"},
        Milestone: {"text_zh_hans": "某事", "source_zh_hans": "某报道", "date": "2024", "key": "a-new-milestone"},
    }[model]
    data = _form(admin_client, _address(model, "add")) | values
    before = set(model.objects.values_list("pk", flat=True))

    saved = admin_client.post(_address(model, "add"), data)
    (record,) = model.objects.exclude(pk__in=before)
    refused = admin_client.post(_address(model, "edit", record.pk), data | {"action-submit": "1"})

    assert saved.status_code == 302
    assert refused.status_code == 200
    assert sorted(refused.context["form"].errors) == sorted(english)
    record.refresh_from_db()
    assert not record.live

    full = data | dict.fromkeys(english, "In English") | {"action-submit": "1"}
    assert admin_client.post(_address(model, "edit", record.pk), full).status_code == 302
    record.refresh_from_db()
    assert record.workflow_in_progress


@pytest.mark.parametrize(
    ("model", "text", "found"),
    [
        (Base, "燕山", "yanshan-university"),
        (Base, "yanshandaxue", "yanshan-university"),
        (Base, "yan shan", "yanshan-university"),
        (Base, "ysdx", "yanshan-university"),
        (Base, "Yanshan", "yanshan-university"),
        (Topic, "人才", "people"),
        (Figure, "离岸基地", "offshore-bases"),
        (Figure, "Working bases", "working-bases"),
    ],
)
def test_a_chooser_finds_by_either_name_and_bases_by_pinyin(portal, admin_client, model, text, found):
    record = model.objects.get(slug=found)
    chooser = f"wagtailsnippetchoosers_{model._meta.app_label}_{model._meta.model_name}"

    everything, results = (
        _text(admin_client, reverse(f"{chooser}:choose")),
        _text(admin_client, reverse(f"{chooser}:choose_results"), q=text),
    )

    assert "html" in everything
    assert f"/{record.pk}/" in results
    assert 0 < results.count("data-chooser-modal-choice") < model.objects.count()


@pytest.mark.parametrize(("code", "dashboard", "bases"), [("zh-hans", "控制面板", "基地"), ("en", "Dashboard", "Bases")])
def test_the_admin_speaks_the_language_each_person_prefers(portal, code, dashboard, bases):
    user = User.objects.create_superuser("reader", "reader@example.org", "a long password of the tests")
    user.set_preferred_language(code)
    client = client_of(user, headers={"Accept-Language": "fr, de"})

    for address, title in ((reverse("wagtailadmin_home"), dashboard), (_address(Base, "list"), bases)):
        page = lxml.html.fromstring(_text(client, address))
        assert page.get("lang") == code
        assert title.casefold() in page.findtext(".//title").casefold()


def test_someone_who_never_chose_gets_the_admin_in_chinese(portal):
    client = client_of(User.objects.create_superuser("newcomer", "n@example.org", "a long password of the tests"))

    assert lxml.html.fromstring(_text(client, "/admin/")).get("lang") == "zh-hans"


@pytest.mark.parametrize("model", [*RECORDS, Province], ids=lambda model: model.__name__)
def test_a_chinese_colleague_finds_no_english_label_in_a_form(portal, admin_client, model):
    form = lxml.html.fromstring(_text(admin_client, _address(model, "edit", model.objects.first().pk)))

    labels = [label.text_content() for label in form.xpath("//main//form//label")]

    assert labels
    assert [label for label in labels if re.search("[a-z]{3}", label.replace("English", ""))] == []


def test_the_home_takes_the_number_of_pages_from_the_tree(portal, admin_client, staff, rf):
    def told(user) -> int:
        request = rf.get("/")
        request.user = user
        return SiteSummaryPanel(request).summary_items[0].get_context_data({})["total_pages"]

    home = Page.objects.get(depth=2, locale__language_code="en")
    assert told(staff("translator")) == Page.objects.descendant_of(home, inclusive=True).count()
    with CaptureQueriesContext(connection) as captured:
        number = told(User.objects.get(username="root"))
    assert number == Page.objects.count() - 1
    assert not [query["sql"] for query in captured if "COUNT" in query["sql"] and "wagtailcore_page" in query["sql"]]
