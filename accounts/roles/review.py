"""The review workflows: that of the whole site, and one for each column, whose own reviewers stand beside the site's."""

from django.contrib.auth.models import Group
from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowPage, WorkflowTask

from .columns import COLUMN_ROLES, COLUMNS
from .role import Column
from .staff import CHIEF_EDITOR, REVIEWER

REVIEW_WORKFLOW = "审核 Review"
REVIEW_STEP = "审核 Review"
RELEASE_STEP = "签发 Release"  # the last step publishes, so its group needs the right to


def set_up_review() -> None:
    """Create the workflows with exactly their steps, and give each to its pages."""
    root = Page.get_first_root_node()
    _set_up(REVIEW_WORKFLOW, _step(REVIEW_STEP, [REVIEWER.name]), [root])
    for column in COLUMNS:
        reviewers = next(role.name for role in COLUMN_ROLES if role.key == f"{column.key}-{REVIEWER.key}")
        step = _step(f"{REVIEW_STEP} · {column.name}", [REVIEWER.name, reviewers])
        _set_up(f"{REVIEW_WORKFLOW} · {column.name}", step, _pages(column))


def _step(name: str, groups: list[str]) -> GroupApprovalTask:
    task, _created = GroupApprovalTask.objects.get_or_create(name=name)
    GroupApprovalTask.objects.filter(pk=task.pk).update(active=True)
    task.groups.set(Group.objects.filter(name__in=groups))
    return task


def _set_up(name: str, review: GroupApprovalTask, pages: list[Page]) -> None:
    workflow, _created = Workflow.objects.update_or_create(name=name, defaults={"active": True})
    steps = (review, _step(RELEASE_STEP, [CHIEF_EDITOR.name]))
    for place, task in enumerate(steps):
        WorkflowTask.objects.update_or_create(workflow=workflow, task=task, defaults={"sort_order": place})
    WorkflowTask.objects.filter(workflow=workflow).exclude(task__in=steps).delete()
    for page in pages:
        WorkflowPage.objects.update_or_create(page=page, defaults={"workflow": workflow})


def _pages(column: Column) -> list[Page]:
    app_label, model = column.page_type.split(".")
    return list(Page.objects.filter(content_type__app_label=app_label, content_type__model=model))
