from django.urls import path, reverse
from wagtail import hooks

from core.menu_items import PermittedMenuItem
from delivery.csp_reports import PolicyViolationsReport


@hooks.register("register_admin_urls")
def report_urls():
    report = PolicyViolationsReport.as_view
    return [
        path("reports/refused-by-browsers/", report(), name="policy_violations"),
        path("reports/refused-by-browsers/results/", report(results_only=True), name="policy_violations_results"),
    ]


@hooks.register("register_reports_menu_item")
def policy_violations_entry():
    report = PolicyViolationsReport
    return PermittedMenuItem(
        report.page_title, reverse(report.index_url_name), "delivery.view_policyviolation", icon_name="lock", order=920
    )
