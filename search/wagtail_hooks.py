from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from core.report_entries import ReportEntry, report_addresses, who_holds
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
    return [
        *report_addresses(UnfoundQueriesReport, "reports/unfound-queries/"),
        *report_addresses(IndexingFailuresReport, "reports/not-indexed/"),
    ]


@hooks.register("register_reports_menu_item")
def unfound_queries_entry():
    return ReportEntry(UnfoundQueriesReport, who_holds("search.view_unfoundquery"), order=900)


@hooks.register("register_reports_menu_item")
def indexing_failures_entry():
    return ReportEntry(IndexingFailuresReport, who_holds("search.view_indexingfailure"), order=910)
