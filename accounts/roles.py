"""The roles of the portal's staff and what each may do, as data.

Page rights are given on the home page of each language's tree; record rights hold for both languages,
because a record keeps both in one row.
"""

from dataclasses import dataclass, field

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from core.languages import CHINESE, ENGLISH

RECORDS = ("bases.base", "bases.basecategory", "news.topic", "programs.figure", "programs.milestone")
WRITE = ("add", "change")
PUBLISH = (*WRITE, "publish")
SEARCH_REPORT = "search.view_unfoundquery"
REVIEW_WORKFLOW = "审核 Review"
# The last step publishes, so its group needs the right to.
REVIEW_STEPS = (("审核 Review", "reviewer"), ("签发 Release", "chief-editor"))


@dataclass(frozen=True)
class Role:
    """`pages` maps a language code to page rights; `records`, `library` (pictures and documents) and `collections` list
    rights of their kind, `permissions` whatever else the role holds."""

    key: str
    name: str  # of the group
    duty: str
    pages: dict[str, tuple[str, ...]] = field(default_factory=dict)
    records: tuple[str, ...] = ()
    library: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()
    permissions: tuple[str, ...] = ()


WRITER = Role(
    "writer",
    "撰稿 Writer",
    "drafts pages in Chinese and records in both languages",
    pages={CHINESE.code: WRITE},
    records=WRITE,
    library=("add", "choose"),
    permissions=(SEARCH_REPORT,),
)
TRANSLATOR = Role(
    "translator",
    "翻译 Translator",
    "drafts pages in English and records in both languages",
    pages={ENGLISH.code: WRITE},
    records=WRITE,
    library=("add", "choose"),
    permissions=("simple_translation.submit_translation", SEARCH_REPORT),
)
REVIEWER = Role(
    "reviewer",
    "审核 Reviewer",
    "approves what was submitted, in both languages",
    pages={CHINESE.code: ("change", "lock"), ENGLISH.code: ("change", "lock")},
    records=("change",),
    library=("choose",),
    permissions=(SEARCH_REPORT,),
)
CHIEF_EDITOR = Role(
    "chief-editor",
    "主编 Chief editor",
    "publishes and takes down, in both languages",
    pages=dict.fromkeys((CHINESE.code, ENGLISH.code), (*PUBLISH, "lock", "unlock")),
    records=(*PUBLISH, "delete"),
    library=("add", "change", "choose", "delete"),
    permissions=(
        "simple_translation.submit_translation",
        "search.add_term",
        "search.change_term",
        "search.delete_term",
        SEARCH_REPORT,
        "search.view_indexingfailure",
        "wagtailredirects.add_redirect",
        "wagtailredirects.change_redirect",
        "wagtailredirects.delete_redirect",
    ),
)
ADMINISTRATOR = Role(
    "administrator",
    "管理员 Administrator",
    "looks after staff, site settings and provinces; writes and publishes nothing",
    collections=("add", "change"),
    permissions=(
        "accounts.add_user",
        "accounts.change_user",
        "accounts.delete_user",
        "auth.add_group",
        "auth.change_group",
        "wagtailcore.change_site",
        "wagtailcore.add_workflow",
        "wagtailcore.change_workflow",
        "wagtailcore.add_task",
        "wagtailcore.change_task",
        "bases.add_province",
        "bases.change_province",
        "portal.change_sitesettings",
        SEARCH_REPORT,
        "search.view_indexingfailure",
        "wagtailredirects.add_redirect",
        "wagtailredirects.change_redirect",
        "wagtailredirects.delete_redirect",
    ),
)
ROLES = (WRITER, TRANSLATOR, REVIEWER, CHIEF_EDITOR, ADMINISTRATOR)


@transaction.atomic
def set_up_roles() -> None:
    """Create the groups of ROLES and the review workflow, and give the groups exactly the rights stated here."""
    groups = {role.key: _set_up(role) for role in ROLES}
    _set_up_review(groups)
    Group.objects.filter(name__in=["Moderators", "Editors"]).delete()  # Wagtail's samples: rights on every tree
    Workflow.objects.filter(name="Moderators approval").update(active=False)


def _permission(name: str) -> Permission:
    app_label, codename = name.split(".")
    return Permission.objects.get(content_type__app_label=app_label, codename=codename)


def _set_up(role: Role) -> Group:
    group, _created = Group.objects.get_or_create(name=role.name)
    permissions = [_permission("wagtailadmin.access_admin"), *map(_permission, role.permissions)]
    for record in RECORDS:
        app_label, model = record.split(".")
        permissions += [_permission(f"{app_label}.{right}_{model}") for right in role.records]
    group.permissions.set(permissions)
    _set_page_rights(group, role)
    _set_library_rights(group, role)
    return group


def _set_page_rights(group: Group, role: Role) -> None:
    GroupPagePermission.objects.filter(group=group).delete()
    for code, rights in role.pages.items():
        home = Page.objects.get(depth=2, locale=Locale.objects.get(language_code=code))
        for right in rights:
            GroupPagePermission.objects.create(group=group, page=home, permission_type=right)


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


def _set_up_review(groups: dict[str, Group]) -> None:
    workflow, _created = Workflow.objects.get_or_create(name=REVIEW_WORKFLOW)
    for place, (name, key) in enumerate(REVIEW_STEPS):
        task, _created = GroupApprovalTask.objects.get_or_create(name=name)
        task.groups.set([groups[key]])
        WorkflowTask.objects.update_or_create(workflow=workflow, task=task, defaults={"sort_order": place})
    root = Page.get_first_root_node()
    WorkflowPage.objects.update_or_create(page=root, defaults={"workflow": workflow})
