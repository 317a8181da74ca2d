from wagtail import hooks

from core.report_entries import ReportEntry, report_addresses, who_holds
from delivery.csp_reports import PolicyViolationsReport


@hooks.register("register_admin_urls")
def report_urls():
    return report_addresses(PolicyViolationsReport, "reports/refused-by-browsers/")


@hooks.register("register_reports_menu_item")
def policy_violations_entry():
    return ReportEntry(PolicyViolationsReport, who_holds("delivery.view_policyviolation"), order=920)
