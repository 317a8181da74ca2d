"""What editors see of search: what readers sought in vain, and what could not be indexed."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies import ModelPermissionPolicy

from core.languages import BY_CODE
from search.models import IndexingFailure, UnfoundQuery
from search.unfound import forget_old


class UnfoundQueriesReport(ReportView):
    """The queries of each month that found nothing in either language, the most frequent first."""

    model = UnfoundQuery
    permission_policy = ModelPermissionPolicy(UnfoundQuery)
    permission_required = "view"
    page_title = _("Sought in vain")
    header_icon = "search"
    index_url_name = "unfound_queries"
    index_results_url_name = "unfound_queries_results"
    default_ordering = "-month"
    columns = [
        Column("text", label=_("What was sought"), sort_key="text"),
        Column("language", label=_("Language"), accessor=lambda query: BY_CODE[query.language].name, sort_key="language"),
        Column("month", label=_("Month"), accessor=lambda query: query.month.strftime("%Y-%m"), sort_key="month"),
        Column("count", label=_("Times"), sort_key="count"),
    ]
    list_export = ["text", "language", "month", "count"]

    def get_queryset(self):
        forget_old()
        return UnfoundQuery.objects.order_by("-month", "-count", "text")


class IndexingFailuresReport(ReportView):
    """The items that search could not index, with the reason."""

    model = IndexingFailure
    permission_policy = ModelPermissionPolicy(IndexingFailure)
    permission_required = "view"
    page_title = _("Not indexed for search")
    header_icon = "warning"
    index_url_name = "indexing_failures"
    index_results_url_name = "indexing_failures_results"
    columns = [
        Column("title", label=_("Item")),
        Column("content_type", label=_("Type")),
        Column("part", label=_("Missing in"), accessor="get_part_display"),
        Column("error", label=_("Reason")),
        DateColumn("failed_at", label=_("When")),
    ]
    list_export = ["title", "content_type", "error", "failed_at"]
    export_headings = {"title": _("Item"), "content_type": _("Type"), "error": _("Reason"), "failed_at": _("When")}

    def get_queryset(self):
        return IndexingFailure.objects.select_related("content_type")
