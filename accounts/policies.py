"""Wagtail's permission policies for pages, pictures, documents and collections, as the portal's roles need them.

In all of them the right to view, held by an auditor who is reading, counts as the right to change.
"""

from django.apps import apps
from django.contrib.auth.models import Permission
from wagtail.models import AbstractPage, Collection, GroupPagePermission
from wagtail.permission_policies.collections import (
    CollectionManagementPermissionPolicy,
    CollectionOwnershipPermissionPolicy,
    CollectionPermissionLookupMixin,
)
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import register_permission_policy

from accounts.roles.role import RECORDS
from core.permissions import RecordPermissionPolicy
from core.usage import is_used_live


def is_reading(user) -> bool:
    return getattr(user, "is_reading", False)


class PortalPagePolicy(PagePermissionPolicy):
    """Rights on pages. `change` opens the explorer, drafts and history, `unlock` the report on locked pages."""

    READING = ("change_page", "unlock_page")

    def get_all_permissions_for_user(self, user):
        held = super().get_all_permissions_for_user(user)
        if not is_reading(user):
            return held
        codes = Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=self.READING)
        views = [right for right in held if right.permission.codename == "view_page"]
        return [GroupPagePermission(page=right.page, permission=code) for right in views for code in codes]


class ReadingCollections(CollectionPermissionLookupMixin):
    def _get_user_permission_objects_for_actions(self, user, actions):
        if is_reading(user) and "change" in actions:
            actions = {*actions, "view"}
        return super()._get_user_permission_objects_for_actions(user, actions)


class LibraryPolicy(ReadingCollections, CollectionOwnershipPermissionPolicy):
    """Rights on pictures or documents. One's own upload is frozen once something public uses it: only who may change
    everybody's pictures or documents may then replace or delete it."""

    def user_has_any_permission_for_instance(self, user, actions, instance):
        if not super().user_has_any_permission_for_instance(user, actions, instance):
            return False
        if not {"change", "delete"} & set(actions) or user.is_superuser:
            return True
        return self._check_perm(user, {"change"}, collection=instance.collection) or not is_used_live(instance)


class CollectionPolicy(ReadingCollections, CollectionManagementPermissionPolicy):
    pass


def register_policies() -> None:
    """Put the policies for pages and collections in the place of Wagtail's; accounts.library_apps those of the library."""
    register_permission_policy(AbstractPage, PortalPagePolicy())
    register_permission_policy(Collection, CollectionPolicy(Collection))


def register_library_policy(rights_of: str, used: str) -> None:
    """Put the policy for the model `used` ("app.Model") in the place of Wagtail's; its rights are those of `rights_of`."""
    model = apps.get_model(used)
    register_permission_policy(model, LibraryPolicy(model, rights_of, "uploaded_by_user"))


def register_record_policies() -> None:
    """Put the policy for records in the place of Wagtail's."""
    for name in RECORDS:
        model = apps.get_model(name)
        register_permission_policy(model, RecordPermissionPolicy(model))
