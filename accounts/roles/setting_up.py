"""The work of `manage.py set_up_roles`: groups with exactly the stated rights, and the review workflows."""

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    Page,
    Workflow,
)

from .columns import COLUMN_ROLES
from .review import set_up_review
from .role import Role
from .staff import ROLES


@transaction.atomic
def set_up_roles() -> list[str]:
    """Create the groups of all roles and the review workflows, and give the groups exactly the rights stated for them.

    Return what could not be given, as sentences: a column whose pages do not exist yet. Running it again gives it then.
    """
    missing: list[str] = []
    for role in (*ROLES, *COLUMN_ROLES):
        _set_up(role, missing)
    set_up_review()
    Group.objects.filter(name__in=["Moderators", "Editors"]).delete()  # Wagtail's samples: rights on every tree
    Workflow.objects.filter(name="Moderators approval").update(active=False)
    return missing


def _permission(name: str) -> Permission:
    app_label, codename = name.split(".")
    return Permission.objects.get(content_type__app_label=app_label, codename=codename)


def _set_up(role: Role, missing: list[str]) -> None:
    group, _created = Group.objects.get_or_create(name=role.name)
    permissions = [_permission("wagtailadmin.access_admin"), *map(_permission, role.permissions)]
    for record in role.record_types:
        app_label, model = record.split(".")
        permissions += [_permission(f"{app_label}.{right}_{model}") for right in role.records]
    permissions += [_permission(f"enquiries.{right}_enquiry") for right in role.enquiries]
    group.permissions.set(permissions)
    _set_page_rights(group, role, missing)
    _set_library_rights(group, role)


def _set_page_rights(group: Group, role: Role, missing: list[str]) -> None:
    GroupPagePermission.objects.filter(group=group).delete()
    for code, rights in role.pages.items():
        pages = pages_of(role, Locale.objects.get(language_code=code))
        if not pages:
            missing.append(f"{role.name}: no page of the column exists in {code} yet.")
        for page in pages:
            for right in rights:
                GroupPagePermission.objects.create(group=group, page=page, permission_type=right)


def pages_of(role: Role, locale: Locale) -> list[Page]:
    """Return the pages in `locale` below which (and on which) the role's page rights hold."""
    if role.column is None:
        return [Page.objects.get(depth=2, locale=locale)]
    app_label, model = role.column.page_type.split(".")
    return list(Page.objects.filter(content_type__app_label=app_label, content_type__model=model, locale=locale))


def _set_library_rights(group: Group, role: Role) -> None:
    root = Collection.get_first_root_node()
    GroupCollectionPermission.objects.filter(group=group).delete()
    for name in role.library:
        # Wagtail asks for its own image permissions, whatever the image model is.
        for permission in (f"wagtailimages.{name}_image", f"wagtaildocs.{name}_document"):
            GroupCollectionPermission.objects.create(group=group, collection=root, permission=_permission(permission))
    for right in role.collections:
        permission = _permission(f"wagtailcore.{right}_collection")
        GroupCollectionPermission.objects.create(group=group, collection=root, permission=permission)
