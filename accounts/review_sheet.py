"""The review sheet (审校单): one review of a page or record on a sheet of paper, who did what and when."""

from dataclasses import dataclass
from datetime import datetime

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.log_actions import registry as log_registry
from wagtail.models import Page, Revision, TaskState, WorkflowMixin, WorkflowState
from wagtail.permissions import policy_registry


@dataclass(frozen=True)
class Deed:
    """A line of the sheet. `person` is None where the account was removed or a command did it; `version` is the id of a
    version of the text, None where the deed has none."""

    at: datetime
    what: str
    person: object
    version: int | None = None
    comment: str = ""


DECISIONS = {
    TaskState.STATUS_APPROVED: gettext_lazy("%(step)s: approved"),
    TaskState.STATUS_REJECTED: gettext_lazy("%(step)s: changes requested"),
    TaskState.STATUS_CANCELLED: gettext_lazy("%(step)s: stopped, because the text changed or the review was taken back"),
    TaskState.STATUS_SKIPPED: gettext_lazy("%(step)s: skipped"),
}
PUBLICATIONS = {"wagtail.publish": gettext_lazy("Published"), "wagtail.publish.schedule": gettext_lazy("Publication scheduled")}


def latest_sheet(request, app_label: str, model_name: str, pk: int):
    """Lead to the sheet of the latest review of the page or record with `pk`, back to its form when it was never in review."""
    model = _reviewed_models().get((app_label, model_name))
    if model is None:
        raise Http404(f"{app_label}.{model_name} is not reviewed")
    obj = get_object_or_404(model, pk=pk)
    latest = obj.workflow_states.order_by("-created_at", "-pk").first()
    if latest:
        return redirect("review_sheet", latest.pk)
    messages.info(request, _("This text has not been in review yet."))
    return redirect(AdminURLFinder(request.user).get_edit_url(obj) or "wagtailadmin_home")


def _reviewed_models() -> dict[tuple[str, str], type]:
    models = [model for model in apps.get_models() if issubclass(model, WorkflowMixin)]
    return {(model._meta.app_label, model._meta.model_name): model for model in models}


def sheet_address(obj) -> str:
    """Return the path that leads to the sheet of the latest review of `obj`."""
    return reverse("latest_review_sheet", args=[obj._meta.app_label, obj._meta.model_name, obj.pk])


def deeds_of(state: WorkflowState, obj) -> list[Deed]:
    """Return what was done in the review `state` of `obj`, in order of time."""
    task_states = list(state.task_states.select_related("task", "finished_by").order_by("started_at", "pk"))
    end = max((task_state.finished_at for task_state in task_states if task_state.finished_at), default=None)
    deeds = [Deed(state.created_at, _("Sent in for review"), state.requested_by)]
    for task_state in task_states:
        if task_state.status in DECISIONS:
            what = DECISIONS[task_state.status] % {"step": task_state.task.name}
            deeds.append(Deed(task_state.finished_at, what, task_state.finished_by, task_state.revision_id, task_state.comment))
    first = task_states[0].revision_id if task_states else 0
    versions = Revision.objects.for_instance(obj).filter(pk__gte=first).select_related("user").defer("content")
    log = log_registry.get_logs_for_instance(obj).filter(revision__isnull=False, timestamp__gte=state.created_at)
    published = log.filter(action__in=PUBLICATIONS).select_related("user")
    if not state.is_active and end:
        versions = versions.filter(created_at__lte=end)
        published = published.filter(revision__in=[task_state.revision_id for task_state in task_states])
    deeds += [Deed(version.created_at, _("Version saved"), version.user, version.pk) for version in versions]
    deeds += [Deed(entry.timestamp, PUBLICATIONS[entry.action], entry.user, entry.revision_id) for entry in published]
    return sorted(deeds, key=lambda deed: deed.at)


class ReviewSheetView(WagtailAdminTemplateMixin, TemplateView):
    """The sheet of one review, for those who may change the page or record, or read it as an auditor."""

    page_title = gettext_lazy("Review sheet")
    header_icon = "tasks"
    template_name = "accounts/review_sheet.html"
    breadcrumbs_items = [*WagtailAdminTemplateMixin.breadcrumbs_items, {"url": "", "label": page_title}]

    def dispatch(self, request, *args, **kwargs):
        if not self._may_read(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def state(self) -> WorkflowState:
        states = WorkflowState.objects.select_related("workflow", "requested_by", "current_task_state__task")
        return get_object_or_404(states, pk=self.kwargs["workflow_state_id"])

    @cached_property
    def reviewed(self):
        obj = self.state.content_object
        return obj.specific if isinstance(obj, Page) else obj

    def _may_read(self, user) -> bool:
        if isinstance(self.reviewed, Page):
            return self.reviewed.permissions_for_user(user).can_edit()
        return policy_registry.get(self.reviewed).user_has_permission(user, "change")

    def get_page_subtitle(self):
        return str(self.reviewed.get_latest_revision_as_object())

    def get_context_data(self, **kwargs):
        others = self.reviewed.workflow_states.exclude(pk=self.state.pk).order_by("-created_at", "-pk")
        return super().get_context_data(**kwargs) | {
            "state": self.state,
            "subject": self.get_page_subtitle(),
            "kind": self.reviewed._meta.verbose_name,
            "edit_url": AdminURLFinder(self.request.user).get_edit_url(self.reviewed),
            "deeds": deeds_of(self.state, self.reviewed),
            "others": others,
        }
