"""Accounts: made, changed, deleted; their passwords and roles."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save

from audit.events import Event
from audit.receivers.changes import changed_fields, remember
from audit.recording import record
from audit.watched import role_names

UNTOLD = {"last_login", "password", "password_changed_on"}


def connect() -> None:
    user = get_user_model()
    pre_save.connect(before_saved, sender=user)
    post_save.connect(on_saved, sender=user)
    post_delete.connect(on_deleted, sender=user)
    m2m_changed.connect(on_roles_changed, sender=user.groups.through)
    m2m_changed.connect(on_permissions_changed, sender=user.user_permissions.through)


def before_saved(sender, instance, raw, update_fields=None, **kwargs) -> None:
    remember(instance, raw=raw or set(update_fields or ()) == {"last_login"})


def on_saved(sender, instance, created, raw, update_fields=None, **kwargs) -> None:
    if created:
        details = {"superuser": True} if instance.is_superuser else {}
        record(Event.ACCOUNT_CREATED, instance, details=details)
        return
    changed = changed_fields(instance)
    # Django hashes a password anew, without a change, when it is typed after the portal chose another hasher.
    is_rehashed = instance._password is None and set(update_fields or ()) == {"password"}
    if "password" in changed and not is_rehashed:
        record(Event.PASSWORD_CHANGED, instance)
    if told := [name for name in changed if name not in UNTOLD]:
        details = {"fields": told}
        details |= {name: getattr(instance, name) for name in ("is_active", "is_superuser") if name in told}
        record(Event.ACCOUNT_CHANGED, instance, details=details)


def on_deleted(sender, instance, **kwargs) -> None:
    record(Event.ACCOUNT_DELETED, instance)


def on_roles_changed(sender, instance, action, reverse, pk_set, **kwargs) -> None:
    """Record roles given and taken, from the account's side or the role's."""
    key = {"post_add": "added", "post_remove": "removed", "pre_clear": "removed"}.get(action)
    if key is None:
        return
    if action == "pre_clear":
        pk_set = set((instance.user_set if reverse else instance.groups).values_list("pk", flat=True))
    if not pk_set:
        return
    if isinstance(instance, Group):
        for user in get_user_model().objects.filter(pk__in=pk_set):
            record(Event.MEMBERSHIP_CHANGED, user, details={key: [instance.name]})
    else:
        record(Event.MEMBERSHIP_CHANGED, instance, details={key: role_names(pk_set)})


def on_permissions_changed(sender, instance, action, reverse, pk_set, **kwargs) -> None:
    """Record rights given to one account alone, without a role."""
    if action in {"post_add", "post_remove"} or (action == "pre_clear" and not reverse and instance.user_permissions.exists()):
        key = "added" if action == "post_add" else "removed"
        details = {"fields": ["user_permissions"], key: len(pk_set) if pk_set is not None else "all"}
        record(Event.ACCOUNT_CHANGED, instance, details=details)
