"""Staff, roles, settings, redirects, collections, review, reports."""

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, CollectionViewRestriction, Site, Workflow

from accounts.models import User
from accounts.roles import ADMINISTRATOR, CHIEF_EDITOR, WRITER
from portal.models import SiteSettings
from tests.matrix.actions import action, opens
from tests.matrix.records import form


def account(user: User, *groups: str, **changes) -> dict:
    """Return the form of `user`'s account with the groups of these names."""
    return {
        "username": user.username,
        "email": user.email,
        "first_name": "First",
        "last_name": "After",
        "is_active": "on",
        "preferred_language": "en",
        "groups": list(Group.objects.filter(name__in=groups).values_list("pk", flat=True)),
    } | changes


def edit_account(case, user: User, *groups: str, **changes):
    case.client.post(reverse("wagtailusers_users:edit", args=(user.pk,)), account(user, *groups, **changes))
    user.refresh_from_db()
    return user


@action()
def list_staff(case):
    return opens(case, reverse("wagtailusers_users:index"))


@action()
def open_account(case):
    return opens(case, reverse("wagtailusers_users:edit", args=(case.scene.colleague.pk,)))


@action()
def create_account(case):
    password = {"password1": "a long password of the tests", "password2": "a long password of the tests"}
    case.client.post(reverse("wagtailusers_users:add"), account(User(username="made", email="m@example.org"), **password))
    return User.objects.filter(username="made").exists()


@action()
def create_superuser(case):
    made = {"password1": "a long password of the tests", "password2": "a long password of the tests", "is_superuser": "on"}
    case.client.post(reverse("wagtailusers_users:add"), account(User(username="made", email="m@example.org"), **made))
    edit_account(case, case.scene.colleague, is_superuser="on")
    return User.objects.filter(is_superuser=True).exclude(pk=case.scene.root.pk).exists()


@action("own", "others")
def give_role(case):
    user = case.user if case.scope == "own" else case.scene.colleague
    if user is None:
        user = case.scene.colleague
    before = set(user.groups.values_list("pk", flat=True))
    edit_account(case, user, CHIEF_EDITOR.name)
    return set(user.groups.values_list("pk", flat=True)) != before


@action("own", "others")
def give_role_in_bulk(case):
    user = case.user if case.scope == "own" else case.scene.colleague
    if user is None:
        user = case.scene.colleague
    address = reverse("wagtail_bulk_action", args=("accounts", "user", "assign_role"))
    role = Group.objects.get(name="撰稿 Writer · 基地 Bases")
    case.client.post(f"{address}?id={user.pk}", {"role": role.pk})
    return role in user.groups.all()


@action()
def unite_two_powers(case):
    user = case.scene.colleague
    user.groups.set([Group.objects.get(name=WRITER.name)])
    edit_account(case, user, WRITER.name, ADMINISTRATOR.name)
    address = reverse("wagtail_bulk_action", args=("accounts", "user", "assign_role"))
    case.client.post(f"{address}?id={user.pk}", {"role": Group.objects.get(name=ADMINISTRATOR.name).pk})
    return user.groups.count() > 1


@action()
def touch_superuser(case):
    before = User.objects.get(pk=case.scene.root.pk)
    edit_account(case, case.scene.root, password1="another long password", password2="another long password")
    for name, data in (("delete", {}), ("set_active_state", {"mark_as_active": "False"})):
        address = reverse("wagtail_bulk_action", args=("accounts", "user", name))
        case.client.post(f"{address}?id={case.scene.root.pk}", data)
    case.client.post(reverse("wagtailusers_users:delete", args=(case.scene.root.pk,)))
    now = User.objects.filter(pk=case.scene.root.pk).first()
    case.scene.root = before
    return now is None or (now.last_name, now.password, now.is_active) != (before.last_name, before.password, before.is_active)


@action()
def delete_account(case):
    case.client.post(reverse("wagtailusers_users:delete", args=(case.scene.colleague.pk,)))
    return not User.objects.filter(pk=case.scene.colleague.pk).exists()


@action()
def deactivate_accounts_in_bulk(case):
    address = reverse("wagtail_bulk_action", args=("accounts", "user", "set_active_state"))
    case.client.post(f"{address}?id={case.scene.colleague.pk}", {"mark_as_active": "False"})
    return not User.objects.get(pk=case.scene.colleague.pk).is_active


@action()
def list_roles(case):
    return opens(case, reverse("wagtailusers_groups:index"))


@action()
def change_roles(case):
    group, before = Group.objects.get(name=WRITER.name), Group.objects.count()
    case.client.post(reverse("wagtailusers_groups:edit", args=(group.pk,)), _group("Renamed"))
    case.client.post(reverse("wagtailusers_groups:add"), _group("Made"))
    case.client.post(reverse("wagtailusers_groups:delete", args=(group.pk,)))
    return Group.objects.count() != before or not Group.objects.filter(name=WRITER.name).exists()


def _group(name: str) -> dict:
    prefixes = ("page_permissions", "document_permissions", "image_permissions", "collection_permissions", "site_permissions")
    data = {"name": name}
    for prefix in prefixes:
        data |= {f"{prefix}-TOTAL_FORMS": "0", f"{prefix}-INITIAL_FORMS": "0", f"{prefix}-MAX_NUM_FORMS": "1000"}
    return data


@action()
def open_settings(case):
    return opens(case, reverse("wagtailsettings:edit", args=("portal", "sitesettings", Site.objects.get().pk)))


@action()
def change_settings(case):
    address = reverse("wagtailsettings:edit", args=("portal", "sitesettings", Site.objects.get().pk))
    case.client.post(address, form(case, address, "organiser_en", organiser_en="After"))
    return SiteSettings.objects.filter(organiser_en="After").exists()


@action()
def change_site(case):
    site = Site.objects.get()
    data = {"hostname": "after.example.org", "port": "80", "root_page": site.root_page_id, "is_default_site": "on"}
    case.client.post(reverse("wagtailsites:edit", args=(site.pk,)), data)
    return Site.objects.filter(hostname="after.example.org").exists()


@action()
def list_redirects(case):
    return opens(case, reverse("wagtailredirects:index"))


@action()
def create_redirect(case):
    data = {"old_path": "/old/", "is_permanent": "on", "redirect_link": f"{settings.BASE_URL}/zh/news/"}
    case.client.post(reverse("wagtailredirects:add"), data)
    return Redirect.objects.filter(old_path="/old").exists()


@action()
def redirect_abroad(case):
    for target in ("https://example.org/", "//example.org/", "/\\example.org", "javascript:alert(1)"):
        data = {"old_path": "/old/", "is_permanent": "on", "redirect_link": target}
        case.client.post(reverse("wagtailredirects:add"), data)
    return Redirect.objects.filter(old_path="/old").exists()


@action()
def delete_redirect(case):
    made = Redirect.objects.create(old_path="/old", redirect_link="/zh/news/")
    case.client.post(reverse("wagtailredirects:delete", args=(made.pk,)))
    return not Redirect.objects.filter(pk=made.pk).exists()


@action()
def import_redirects(case):
    table = SimpleUploadedFile("redirects.csv", b"from,to\n/old/,/zh/news/\n", "text/csv")
    response = case.client.post(reverse("wagtailredirects:start_import"), {"import_file": table})
    return response.status_code == 200


@action()
def create_collection(case):
    case.client.post(reverse("wagtailadmin_collections:add"), {"name": "Made", "parent": Collection.get_first_root_node().pk})
    return Collection.objects.filter(name="Made").exists()


@action()
def make_collection_private(case):
    collection = Collection.get_first_root_node().add_child(name="Target")
    address = reverse("wagtailadmin_collections:set_privacy", args=(collection.pk,))
    case.client.post(address, {"restriction_type": "login", "groups": []})
    return CollectionViewRestriction.objects.filter(collection=collection).exists()


@action()
def delete_collection(case):
    collection = Collection.get_first_root_node().add_child(name="Target")
    case.client.post(reverse("wagtailadmin_collections:delete", args=(collection.pk,)))
    return not Collection.objects.filter(pk=collection.pk).exists()


@action()
def list_workflows(case):
    return opens(case, reverse("wagtailadmin_workflows:index"))


@action()
def change_review(case):
    workflow = Workflow.objects.filter(active=True).first()
    case.client.post(reverse("wagtailadmin_workflows:disable", args=(workflow.pk,)))
    task = workflow.tasks.first()
    case.client.post(reverse("wagtailadmin_workflows:disable_task", args=(task.pk,)))
    task.refresh_from_db()
    return not (Workflow.objects.get(pk=workflow.pk).active and task.active)


def _report(name: str):
    def tried(case):
        return opens(case, reverse(name)) and opens(case, reverse(name), export="xlsx")

    return tried


for _key, _name in (
    ("report_on_review", "wagtailadmin_reports:workflow"),
    ("report_on_tasks", "wagtailadmin_reports:workflow_tasks"),
    ("report_on_locked_pages", "wagtailadmin_reports:locked_pages"),
    ("report_on_changes", "wagtailadmin_reports:site_history"),
    ("report_on_aging_pages", "wagtailadmin_reports:aging_pages"),
    ("report_on_searches", "unfound_queries"),
    ("report_on_indexing", "indexing_failures"),
    ("report_on_views", "views_report"),
):
    _tried = _report(_name)
    _tried.__name__ = _key
    action()(_tried)


@action()
def read_rights(case):
    return opens(case, reverse("rights"))
