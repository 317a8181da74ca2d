from django.urls import path, reverse
from wagtail import hooks

from core.menu_items import PermittedMenuItem
from readership.reports import ViewsReport


@hooks.register("register_admin_urls")
def report_url():
    return [path("reports/views/", ViewsReport.as_view(), name=ViewsReport.index_url_name)]


@hooks.register("register_reports_menu_item")
def views_entry():
    report = ViewsReport
    return PermittedMenuItem(
        report.page_title,
        reverse(report.index_url_name),
        "readership.view_dailyviews",
        icon_name=report.header_icon,
        order=890,
    )
