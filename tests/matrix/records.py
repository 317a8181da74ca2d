"""Records: topics stand in the column of news, figures in that of the programme; provinces, search terms and official
names in none."""

import csv
import io

import lxml.html
from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import Revision

from bases.models import Province
from editorial.checks.grades import Grade
from editorial.models import CheckSettings, ListedWord
from news.models import Topic
from programs.models import Figure
from search.models import Term
from terminology.models import Name
from terminology.tables import COLUMNS as NAME_COLUMNS
from tests.matrix.actions import action, opens
from tests.matrix.scene import without_version

COLUMNS = ("own", "column")


def url(record_or_model, view: str, *arguments) -> str:
    options = record_or_model._meta
    return reverse(f"wagtailsnippets_{options.app_label}_{options.model_name}:{view}", args=arguments)


def model_of(case):
    return Figure if case.scope == "column" else Topic


def record_of(case, live=True):
    record = model_of(case).objects.filter(live=True).first()
    if not live:
        model_of(case).objects.filter(pk=record.pk).update(live=False)
        record.refresh_from_db()
    if record.latest_revision is None:
        record.save_revision()
    return record


def form(case, address: str, field: str, **changes) -> dict:
    """Return what one who may do everything would send from the form at `address` that has `field`."""
    key = f"record {address}"
    if key not in case.scene._forms:
        forms = lxml.html.fromstring(case.scene.root_client.get(address).content.decode()).forms
        values = dict(next(form for form in forms if field in form.fields).form_values())
        case.scene._forms[key] = without_version(values)
    return case.scene._forms[key] | changes


def send(case, record, **changes):
    address = url(record, "edit", record.pk)
    case.client.post(address, form(case, address, "name_en", name_en="After", **changes))


def draft_name(record) -> str:
    revision = Revision.objects.for_instance(record).order_by("-created_at", "-pk").first()
    return revision.content["name_en"] if revision else ""


@action(*COLUMNS)
def create_record(case):
    address = url(model_of(case), "add")
    names = {"name_zh_hans": "新", "name_en": "New", "slug": "made-anew"}
    value = {"values-0-value": "5", "values-0-as_of": "2023", "values-0-source_zh_hans": "来源", "values-0-source_en": "…"}
    case.client.post(address, form(case, address, "name_en", **names, **value))
    return model_of(case).objects.filter(slug="made-anew").exists()


@action(*COLUMNS)
def open_record(case):
    return opens(case, url(model_of(case), "edit", record_of(case).pk))


@action(*COLUMNS)
def save_record(case):
    record = record_of(case)
    send(case, record)
    return draft_name(record) == "After"


@action(*COLUMNS)
def publish_record(case):
    record = record_of(case)
    send(case, record, **{"action-publish": "1"})
    return type(record).objects.get(pk=record.pk).name_en == "After"


@action(*COLUMNS)
def submit_record(case):
    record = record_of(case)
    send(case, record, **{"action-submit": "1"})
    return record.workflow_in_progress


def _decide(case, steps: int):
    record = record_of(case)
    record.name_en = "After"
    record.save_revision(user=case.scene.colleague)
    record.get_workflow().start(record, case.scene.colleague)
    for elder in case.scene.elders[:steps]:
        record.current_workflow_task_state.approve(user=elder)
    state = record.current_workflow_task_state
    case.client.post(url(record, "workflow_action", record.pk, "approve", state.pk), {"comment": "…"})
    state.refresh_from_db()
    return state


@action(*COLUMNS)
def approve_record(case):
    return _decide(case, 0).status == "approved"


@action(*COLUMNS)
def release_record(case):
    record = record_of(case)
    _decide(case, 2)
    return type(record).objects.get(pk=record.pk).name_en == "After"


@action(*COLUMNS)
def unpublish_record(case):
    record = record_of(case)
    case.client.post(url(record, "unpublish", record.pk))
    return not type(record).objects.get(pk=record.pk).live


@action(*COLUMNS)
def revert_record(case):
    record = record_of(case)
    record.save_revision()
    revision = Revision.objects.for_instance(record).order_by("created_at", "pk").first()
    address = url(record, "revisions_revert", record.pk, revision.pk)
    data = form(case, url(record, "edit", record.pk), "name_en", name_en="Reverted", revision=str(revision.pk))
    case.client.post(address, data)
    return draft_name(record) == "Reverted"


@action(*COLUMNS)
def delete_record(case):
    record = record_of(case)
    case.client.post(url(record, "delete", record.pk))
    return not type(record).objects.filter(pk=record.pk).exists()


@action(*COLUMNS)
def delete_records_in_bulk(case):
    record = record_of(case)
    options = record._meta
    address = reverse("wagtail_bulk_action", args=(options.app_label, options.model_name, "delete"))
    case.client.post(f"{address}?id={record.pk}")
    return not type(record).objects.filter(pk=record.pk).exists()


@action(*COLUMNS)
def list_records(case):
    return opens(case, url(model_of(case), "list"))


@action(*COLUMNS)
def record_history(case):
    return opens(case, url(model_of(case), "history", record_of(case).pk))


@action(*COLUMNS)
def record_usage(case):
    return opens(case, url(model_of(case), "usage", record_of(case).pk))


@action(*COLUMNS)
def preview_record(case):
    record = record_of(case)
    address = url(record, "preview_on_edit", record.pk)
    response = case.client.post(address, form(case, url(record, "edit", record.pk), "name_en"))
    return response.status_code == 200 and response.json()["is_valid"]


@action(*COLUMNS)
def announce_editing_record(case):
    record = record_of(case)
    kind = ContentType.objects.get_for_model(record)
    address = reverse("wagtailadmin_editing_sessions:ping", args=(kind.app_label, kind.model, record.pk, 1))
    return case.client.post(address, {"is_editing": "1"}).status_code == 200


@action(*COLUMNS)
def choose_draft_record(case):
    record = record_of(case, live=False)
    options = record._meta
    chooser = f"wagtailsnippetchoosers_{options.app_label}_{options.model_name}"
    listed = case.client.get(reverse(f"{chooser}:choose_results"))
    chosen = case.client.get(reverse(f"{chooser}:chosen", args=(record.pk,)))
    found = listed.status_code == 200 and f"/chosen/{record.pk}/" in listed.content.decode()
    return found or chosen.status_code == 200


@action()
def edit_province(case):
    province = Province.objects.first()
    address = url(province, "edit", province.pk)
    case.client.post(address, form(case, address, "name_en", name_en="After"))
    return Province.objects.get(pk=province.pk).name_en == "After"


@action()
def edit_search_term(case):
    term = Term.objects.create(chinese="甲；乙", english="")
    case.client.post(url(term, "edit", term.pk), {"chinese": "甲；丙", "english": ""})
    return Term.objects.get(pk=term.pk).chinese == "甲；丙"


@action()
def delete_search_term(case):
    term = Term.objects.create(chinese="甲；乙", english="")
    case.client.post(url(term, "delete", term.pk))
    return not Term.objects.filter(pk=term.pk).exists()


NAME = {"kind": "post", "chinese": "某职务", "english": "Some Post", "source": "来源"}


@action()
def look_up_name(case):
    name = Name.objects.create(**NAME)
    return opens(case, url(name, "inspect", name.pk)) and opens(case, url(name, "list"), q="某职务")


@action()
def export_names(case):
    response = case.client.get(url(Name, "list"), {"export": "csv"})
    return response.status_code == 200 and b"chinese" in next(iter(response))


@action()
def add_name(case):
    case.client.post(url(Name, "add"), NAME)
    return Name.objects.filter(chinese="某职务").exists()


@action()
def edit_name(case):
    name = Name.objects.create(**NAME)
    case.client.post(url(name, "edit", name.pk), NAME | {"english": "After"})
    return Name.objects.get(pk=name.pk).english == "After"


@action()
def delete_name(case):
    name = Name.objects.create(**NAME)
    case.client.post(url(name, "delete", name.pk))
    return not Name.objects.filter(pk=name.pk).exists()


@action()
def import_names(case):
    table = io.StringIO()
    writer = csv.DictWriter(table, NAME_COLUMNS, restval="")
    writer.writeheader()
    writer.writerow(NAME | {"english_is_official": "no"})
    case.client.post(reverse("import_names"), {"table": SimpleUploadedFile("names.csv", table.getvalue().encode())})
    return Name.objects.filter(chinese="某职务").exists()


@action()
def choose_grades_of_checks(case):
    setting = CheckSettings.load()
    address = reverse("wagtailsettings:edit", args=("editorial", "checksettings", setting.pk))
    case.client.post(address, {"grades-spacing": "2"})
    return CheckSettings.chosen().get("spacing") == Grade.GRAVE


@action()
def edit_word_to_avoid(case):
    entry = ListedWord.objects.create(word="某词", language="zh-hans")
    case.client.post(url(entry, "edit", entry.pk), {"word": "某词", "language": "zh-hans", "replacement": "后", "grade": "1"})
    return ListedWord.objects.get(pk=entry.pk).replacement == "后"


@action()
def import_words_to_avoid(case):
    case.client.post(reverse("import_listed_words"), {"file": SimpleUploadedFile("words.txt", "某词".encode())})
    return ListedWord.objects.filter(word="某词").exists()
