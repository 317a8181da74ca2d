"""Where a report stands in the admin: its addresses and its entry in the menu, as the report itself names them."""

from django.urls import URLPattern, path, reverse
from wagtail.admin.menu import MenuItem


def report_addresses(report, route: str) -> list[URLPattern]:
    """Return the addresses of the report's page and, below it, of its results alone."""
    return [
        path(route, report.as_view(), name=report.index_url_name),
        path(f"{route}results/", report.as_view(results_only=True), name=report.index_results_url_name),
    ]


class ReportEntry(MenuItem):
    """An entry of the menu of reports for those who may open the report: `is_open_to` tells of a user."""

    def __init__(self, report, is_open_to, order: int):
        super().__init__(report.page_title, reverse(report.index_url_name), icon_name=report.header_icon, order=order)
        self.is_open_to = is_open_to

    def is_shown(self, request):
        return self.is_open_to(request.user)


def who_holds(permission: str):
    """Return the question whether a user holds `permission`."""
    return lambda user: user.has_perm(permission)
