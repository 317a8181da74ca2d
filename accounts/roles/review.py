"""The review workflows: that of the whole site, and one for each column, whose own reviewers stand beside the site's."""

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page, Task, Workflow, WorkflowContentType, WorkflowPage, WorkflowTask

from accounts.models import ReviewTask

from .columns import COLUMN_ROLES, COLUMNS
from .role import RECORDS, Column
from .staff import CHIEF_EDITOR, REVIEWER

REVIEW_WORKFLOW = "三审 Three reviews"
FIRST_REVIEW = "初审 First review"
SECOND_REVIEW = "复审 Second review"
RELEASE = "终审签发 Final review and release"  # the last step publishes


def set_up_review() -> None:
    """Create the workflows with exactly their steps, and give each to its pages and records."""
    root = Page.get_first_root_node()
    _set_up(REVIEW_WORKFLOW, _step(FIRST_REVIEW, [REVIEWER.name]), [root], RECORDS)
    for column in COLUMNS:
        reviewers = next(role.name for role in COLUMN_ROLES if role.key == f"{column.key}-{REVIEWER.key}")
        first = _step(f"{FIRST_REVIEW} · {column.name}", [REVIEWER.name, reviewers])
        _set_up(f"{REVIEW_WORKFLOW} · {column.name}", first, _pages(column), column.records)


def _step(name: str, groups: list[str]) -> ReviewTask:
    task, _created = ReviewTask.objects.get_or_create(name=name)
    ReviewTask.objects.filter(pk=task.pk).update(active=True)
    task.groups.set(Group.objects.filter(name__in=groups))
    return task


def _set_up(name: str, first: Task, pages: list[Page], records: tuple[str, ...]) -> None:
    workflow, _created = Workflow.objects.update_or_create(name=name, defaults={"active": True})
    second = _step(SECOND_REVIEW, [REVIEWER.name, CHIEF_EDITOR.name])
    steps = (first, second, _step(RELEASE, [CHIEF_EDITOR.name]))
    for place, task in enumerate(steps):
        WorkflowTask.objects.update_or_create(workflow=workflow, task=task, defaults={"sort_order": place})
    WorkflowTask.objects.filter(workflow=workflow).exclude(task__in=steps).delete()
    for page in pages:
        WorkflowPage.objects.update_or_create(page=page, defaults={"workflow": workflow})
    for record in records:
        content_type = ContentType.objects.get_by_natural_key(*record.split("."))
        WorkflowContentType.objects.update_or_create(content_type=content_type, defaults={"workflow": workflow})


def _pages(column: Column) -> list[Page]:
    app_label, model = column.page_type.split(".")
    return list(Page.objects.filter(content_type__app_label=app_label, content_type__model=model))
