from django.urls import path
from wagtail import hooks

from core.report_entries import ReportEntry, who_holds
from readership.reports import ViewsReport


@hooks.register("register_admin_urls")
def report_url():
    return [path("reports/views/", ViewsReport.as_view(), name=ViewsReport.index_url_name)]


@hooks.register("register_reports_menu_item")
def views_entry():
    return ReportEntry(ViewsReport, who_holds("readership.view_dailyviews"), order=890)
