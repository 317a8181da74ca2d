"""Settings of the site: its names and addresses, redirects, the steps of review, collections."""

from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.settings.models import BaseGenericSetting, BaseSiteSetting
from wagtail.models import Collection, Locale, Site, Task, Workflow, WorkflowPage, WorkflowTask
from wagtail.workflows import get_task_types

from audit.events import Event
from audit.receivers.changes import changed_fields, remember
from audit.recording import record

SETTINGS = (BaseGenericSetting, BaseSiteSetting, Site, Redirect, Workflow, WorkflowTask, WorkflowPage, Task, Collection, Locale)
TREE_FIELDS = {"path", "depth", "numchild"}


def is_setting(model) -> bool:
    return issubclass(model, SETTINGS)


def connect() -> None:
    # The settings' own models are declared by rooms above and below: every save is asked whether it is one's.
    pre_save.connect(before_saved)
    post_save.connect(on_saved)
    post_delete.connect(on_deleted)
    for task_type in get_task_types():
        if hasattr(task_type, "groups"):
            m2m_changed.connect(on_reviewers_changed, sender=task_type.groups.through)


def before_saved(sender, instance, raw, **kwargs) -> None:
    if is_setting(sender):
        remember(instance, raw)


def on_saved(sender, instance, created, raw, **kwargs) -> None:
    if raw or not is_setting(sender):
        return
    if created:
        record(Event.SETTINGS_CHANGED, instance, details={"deed": "added"})
    elif fields := [name for name in changed_fields(instance) if name not in TREE_FIELDS]:
        record(Event.SETTINGS_CHANGED, instance, details={"deed": "changed", "fields": fields})


def on_deleted(sender, instance, **kwargs) -> None:
    if is_setting(sender):
        record(Event.SETTINGS_CHANGED, instance, details={"deed": "removed"})


def on_reviewers_changed(sender, instance, action, **kwargs) -> None:
    if action in {"post_add", "post_remove", "post_clear"} and isinstance(instance, Task):
        record(Event.SETTINGS_CHANGED, instance, details={"deed": "changed", "fields": ["groups"]})
