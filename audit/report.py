"""The log as the auditor reads it in the admin."""

from urllib.parse import urlencode

import django_filters
from django.apps import apps
from django.http import StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets.button import Button
from wagtail.models import Page
from wagtail.permission_policies import ModelPermissionPolicy

from audit.chain import append_waiting
from audit.events import Event
from audit.lines import lines
from audit.models import Entry
from audit.recording import record


class AuditFilterSet(WagtailFilterSet):
    event = django_filters.ChoiceFilter(label=_("What"), choices=Event.choices)
    actor_name = django_filters.CharFilter(label=_("Who"), lookup_expr="icontains")
    moment = django_filters.DateFromToRangeFilter(label=_("When"), widget=DateRangePickerWidget)
    address = django_filters.CharFilter(label=_("From where"), lookup_expr="startswith")

    class Meta:
        model = Entry
        fields = ["event", "actor_name", "moment", "address"]


class ItemColumn(Column):
    """What the deed was done to, linked to where it is edited, or read, by those who may."""

    cell_template_name = "components/admin/audited_item.html"


class DetailsColumn(Column):
    cell_template_name = "components/admin/audited_details.html"


# What the keys of an entry's details are called.
DETAILS = {
    "account": _("account"),
    "added": _("added"),
    "before": _("before"),
    "count": _("entries"),
    "deed": _("change"),
    "fields": _("fields"),
    "file": _("file"),
    "filters": _("filtered by"),
    "format": _("format"),
    "is_active": _("active"),
    "is_superuser": _("superuser"),
    "list": _("list"),
    "removed": _("removed"),
    "superuser": _("superuser"),
    "through": _("up to entry"),
    "to": _("open to"),
    "type": _("type"),
}


# What values that the code writes into the details are called.
VALUES = {
    True: _("yes"),
    False: _("no"),
    "unknown": _("unknown"),
    "added": _("added"),
    "changed": _("changed"),
    "removed": _("removed"),
}


def shown(details: dict) -> list[tuple[str, str]]:
    """Return the details as pairs of a label and a text; hashes are left to the download."""
    pairs = [(DETAILS[key], value) for key, value in details.items() if key in DETAILS]
    return [(label, ", ".join(value) if isinstance(value, list) else str(_named(value))) for label, value in pairs]


def _named(value):
    return VALUES.get(value, value) if isinstance(value, (bool, str)) else value


def person(entry: Entry) -> str:
    return entry.actor_name or _("a stranger")


def moment(entry: Entry) -> str:
    return timezone.localtime(entry.moment).strftime("%Y-%m-%d %H:%M:%S")


class AuditReport(ReportView):
    """The entries, the newest first, and their download as JSON lines. Reading and downloading them is recorded too."""

    model = Entry
    permission_policy = ModelPermissionPolicy(Entry)
    permission_required = "view"
    page_title = _("Audit log")
    header_icon = "history"
    index_url_name = "audit_log"
    index_results_url_name = "audit_log_results"
    filterset_class = AuditFilterSet
    default_ordering = "-number"
    is_searchable = False
    list_export = ()
    FORMATS = ("jsonl",)
    columns = [
        Column("number", label=_("No."), sort_key="number", width="7%"),
        Column("moment", label=_("When"), accessor=moment, width="13%"),
        Column("actor_name", label=_("Who"), accessor=person, width="13%"),
        Column("event", label=_("What"), accessor="get_event_display", width="13%"),
        ItemColumn("item", label=_("On what"), width="22%"),
        DetailsColumn("details", label=_("Details"), width="21%"),
        Column("address", label=_("From where"), width="11%"),
    ]

    def get_queryset(self):
        append_waiting()
        return Entry.objects.order_by("-number")

    def decorate_paginated_queryset(self, object_list):
        addresses = _addresses(object_list, self.request)
        for entry in object_list:
            entry.item_address = addresses.get((entry.object_kind, entry.object_id), "")
            entry.item_kind = _kind(entry.object_kind)
            entry.shown_details = shown(entry.details)
        return object_list

    def render_to_response(self, context, **response_kwargs):
        filters = sorted(
            key for key, value in self.request.GET.items() if value and key not in {"export", "p", "_w_filter_fragment"}
        )
        details = {"filters": filters} if filters else {}
        if not self.is_export:
            record(Event.LOG_READ, details=details)
            return super().render_to_response(context, **response_kwargs)
        entries = self.get_filtered_queryset()
        record(Event.LOG_EXPORTED, details=details | {"count": entries.count()})
        name = f"audit-log-{timezone.localdate():%Y-%m-%d}.jsonl"
        return StreamingHttpResponse(
            (f"{line}\n" for line in lines(entries.order_by("number"))),
            content_type="application/x-ndjson; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )

    @cached_property
    def header_more_buttons(self):
        parameters = urlencode([*((key, value) for key, value in self.request.GET.items() if key != "p"), ("export", "jsonl")])
        address = f"{self.request.path}?{parameters}"
        return [Button(_("Download as JSON lines"), url=address, icon_name="download", priority=90)]


def _addresses(entries, request) -> dict[tuple[str, str], str]:
    """Return the address of each item that is still there, by kind and id: one query for each kind on the page."""
    ids: dict[str, set[str]] = {}
    for entry in entries:
        if entry.object_kind and entry.object_id.isdecimal():
            ids.setdefault(entry.object_kind, set()).add(entry.object_id)
    finder, addresses = AdminURLFinder(request.user), {}
    for kind, numbers in ids.items():
        model = _model(kind)
        for pk, item in model._base_manager.in_bulk(numbers).items() if model else ():
            # Wagtail's finder asks for the review of each page, one by one.
            address = _page_address(item, request) if isinstance(item, Page) else finder.get_edit_url(item)
            addresses[kind, str(pk)] = address or ""
    return addresses


def _page_address(page: Page, request) -> str | None:
    """Return where the page is read; of one that is not public, where it is edited."""
    return page.get_url(request) if page.live else reverse("wagtailadmin_pages:edit", args=(page.pk,))


def _kind(kind: str) -> str:
    """Return what items of a kind are called."""
    model = _model(kind) if kind else None
    return str(model._meta.verbose_name) if model else kind


def _model(kind: str):
    try:
        return apps.get_model(kind)
    except (LookupError, ValueError):
        return None
