from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from audit.events import Event
from audit.recording import record
from audit.report import AuditReport


class AuditMenuItem(MenuItem):
    def is_shown(self, request):
        return request.user.has_perm("audit.view_entry")


@hooks.register("register_admin_urls")
def report_urls():
    return [
        path("reports/audit-log/", AuditReport.as_view(), name="audit_log"),
        path("reports/audit-log/results/", AuditReport.as_view(results_only=True), name="audit_log_results"),
    ]


@hooks.register("register_reports_menu_item")
def report_entry():
    return AuditMenuItem(AuditReport.page_title, reverse(AuditReport.index_url_name), icon_name="history", order=990)


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
