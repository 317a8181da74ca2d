from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from wagtail import hooks

from audit.events import Event
from audit.recording import record
from audit.report import AuditReport
from core.report_entries import ReportEntry, report_addresses, who_holds


@hooks.register("register_admin_urls")
def report_urls():
    return report_addresses(AuditReport, "reports/audit-log/")


@hooks.register("register_reports_menu_item")
def report_entry():
    return ReportEntry(AuditReport, who_holds("audit.view_entry"), order=990)


@hooks.register("register_permissions")
def right_to_read():
    return Permission.objects.filter(content_type__app_label="audit", codename="view_entry")


@hooks.register("after_bulk_action")
def on_bulk_action(request, action_type, objects, action):
    """Record accounts opened and closed together: Wagtail changes them without a signal."""
    if action_type != "set_active_state" or action.model is not get_user_model():
        return
    active = action.cleaned_form.cleaned_data["mark_as_active"]
    for user in objects:
        record(Event.ACCOUNT_CHANGED, user, details={"fields": ["is_active"], "is_active": active})
