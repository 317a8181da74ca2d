"""Roles and what they may do; what is closed to readers."""

from django.contrib.auth.models import Group, Permission
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save
from wagtail.models import CollectionViewRestriction, GroupCollectionPermission, GroupPagePermission, PageViewRestriction

from audit.events import Event
from audit.receivers.changes import changed_fields, remember
from audit.recording import record
from audit.rights import record_rights
from audit.watched import named


def connect() -> None:
    m2m_changed.connect(on_permissions_changed, sender=Group.permissions.through)
    pre_save.connect(remember, sender=Group)
    post_save.connect(on_group_saved, sender=Group)
    post_delete.connect(on_group_deleted, sender=Group)
    for model in (GroupPagePermission, GroupCollectionPermission):
        post_save.connect(on_right_given, sender=model)
        post_delete.connect(on_right_taken, sender=model)
    for model in (PageViewRestriction, CollectionViewRestriction):
        post_save.connect(on_restricted, sender=model)
        post_delete.connect(on_opened, sender=model)


def on_permissions_changed(sender, instance, action, reverse, pk_set, **kwargs) -> None:
    if action not in {"post_add", "post_remove", "pre_clear"}:
        return
    side = "added" if action == "post_add" else "removed"
    if isinstance(instance, Permission):
        groups = instance.group_set.all() if pk_set is None else Group.objects.filter(pk__in=pk_set)
        for group in groups:
            record_rights(group, **{side: [_full_name(instance)]})
        return
    permissions = instance.permissions.all() if pk_set is None else Permission.objects.filter(pk__in=pk_set)
    names = [_full_name(permission) for permission in permissions.select_related("content_type")]
    if names:
        record_rights(instance, **{side: names})


def _full_name(permission: Permission) -> str:
    return f"{permission.content_type.app_label}.{permission.codename}"


def on_group_saved(sender, instance, created, **kwargs) -> None:
    if created:
        record(Event.GROUP_CREATED, instance)
    elif changed_fields(instance):
        record(Event.GROUP_RENAMED, instance, details={"before": instance.audited_before["name"]})


def on_group_deleted(sender, instance, **kwargs) -> None:
    record(Event.GROUP_DELETED, instance)


def on_right_given(sender, instance, raw, **kwargs) -> None:
    if not raw:
        record_rights(instance.group, added=[named(instance)])


def on_right_taken(sender, instance, origin=None, **kwargs) -> None:
    # The rights of a role that is deleted go with it, and so do those on a page or collection.
    if origin is None or not isinstance(origin, Group):
        record_rights(instance.group, removed=[named(instance)])


def on_restricted(sender, instance, **kwargs) -> None:
    record(Event.ACCESS_RESTRICTED, _restricted(instance), details={"to": instance.restriction_type})


def on_opened(sender, instance, **kwargs) -> None:
    record(Event.ACCESS_OPENED, _restricted(instance))


def _restricted(restriction):
    return restriction.page if isinstance(restriction, PageViewRestriction) else restriction.collection
