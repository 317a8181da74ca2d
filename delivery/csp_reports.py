"""Where browsers report what the content security policy refused, and what administrators see of it."""

from django.http import HttpResponse, UnreadablePostError
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies import ModelPermissionPolicy

from delivery import violations
from delivery.models import PolicyViolation

MAX_BYTES = 16 * 1024
TYPES = ("application/csp-report", "application/reports+json")


@csrf_exempt
@require_POST
def receive(request) -> HttpResponse:
    """Answer 204 whatever was sent: who sends nonsense learns nothing from it."""
    if request.content_type in TYPES:
        try:
            body = request.read(MAX_BYTES + 1)
        except UnreadablePostError:
            body = b""
        if len(body) <= MAX_BYTES:
            violations.remember(body, request.get_host())
    return HttpResponse(status=204)


class PolicyViolationsReport(ReportView):
    """What browsers refused, the latest first."""

    model = PolicyViolation
    permission_policy = ModelPermissionPolicy(PolicyViolation)
    permission_required = "view"
    page_title = _("Refused by browsers")
    header_icon = "lock"
    index_url_name = "policy_violations"
    index_results_url_name = "policy_violations_results"
    default_ordering = "-last_seen"
    columns = [
        Column("directive", label=_("Rule"), sort_key="directive"),
        Column("blocked", label=_("Refused"), sort_key="blocked"),
        Column("page", label=_("On page"), sort_key="page"),
        Column("count", label=_("Times"), sort_key="count"),
        DateColumn("first_seen", label=_("First seen"), sort_key="first_seen"),
        DateColumn("last_seen", label=_("Last seen"), sort_key="last_seen"),
    ]
    list_export = ["directive", "blocked", "page", "count", "first_seen", "last_seen"]

    def get_queryset(self):
        violations.forget_old()
        return PolicyViolation.objects.order_by("-last_seen")
