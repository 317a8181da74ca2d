from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from core.menu_items import PermittedMenuItem
from search.models import Term
from search.reports import IndexingFailuresReport, UnfoundQueriesReport


@register_snippet
class TermViewSet(SnippetViewSet):
    model = Term
    icon = "search"
    menu_label = _("Search terms")
    menu_order = 230
    add_to_admin_menu = True
    list_display = ["chinese", "english"]
    list_per_page = 50


@hooks.register("register_admin_urls")
def report_urls():
    unfound, failures = UnfoundQueriesReport.as_view, IndexingFailuresReport.as_view
    return [
        path("reports/unfound-queries/", unfound(), name="unfound_queries"),
        path("reports/unfound-queries/results/", unfound(results_only=True), name="unfound_queries_results"),
        path("reports/not-indexed/", failures(), name="indexing_failures"),
        path("reports/not-indexed/results/", failures(results_only=True), name="indexing_failures_results"),
    ]


@hooks.register("register_reports_menu_item")
def unfound_queries_entry():
    report = UnfoundQueriesReport
    return PermittedMenuItem(
        report.page_title, reverse(report.index_url_name), "search.view_unfoundquery", icon_name="search", order=900
    )


@hooks.register("register_reports_menu_item")
def indexing_failures_entry():
    report = IndexingFailuresReport
    return PermittedMenuItem(
        report.page_title, reverse(report.index_url_name), "search.view_indexingfailure", icon_name="warning", order=910
    )
