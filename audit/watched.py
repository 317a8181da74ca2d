"""What staff see and take away: addresses of the admin whose answers show personal data, and exports of lists."""

from http import HTTPStatus

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from wagtail.models import GroupCollectionPermission, GroupPagePermission

from audit.events import Event
from audit.recording import record
from audit.rights import record_rights
from core.personal_data import Views, views_of

BULK_ACTION = "wagtail_bulk_action"
OWN_LOG = {"audit_log", "audit_log_results"}


def record_sight(request, response) -> None:
    """Record a successful look at personal data, as rooms have registered it, and a list taken away as a file."""
    match, user = request.resolver_match, getattr(request, "user", None)
    is_in_admin = request.path_info.startswith(f"/{settings.ADMIN_PATH}")
    if not is_in_admin or match is None or response.status_code != HTTPStatus.OK or request.method != "GET":
        return
    name, exported, views = match.view_name, request.GET.get("export"), _personal_views(match)
    if name in OWN_LOG or not (exported or views):
        return
    if user is None or not user.is_authenticated:
        return
    if exported and response.headers.get("Content-Disposition", "").startswith("attachment"):
        event = Event.PERSONAL_DATA_EXPORTED if views else Event.EXPORTED
        record(event, details={"list": name, "format": exported[:10]})
    elif views and (match.url_name in views.names or match.url_name == BULK_ACTION):
        thing = views.model._default_manager.filter(pk=match.kwargs.get("pk", 0)).first()
        record(Event.PERSONAL_DATA_SEEN, thing, details={"list": name} if thing is None else {})


def _personal_views(match) -> Views | None:
    """Return the views of personal data that the address belongs to; an action asked for on chosen people lists them."""
    if match.url_name == BULK_ACTION:
        people = get_user_model()._meta.model_name
        return views_of("wagtailusers_users") if match.kwargs.get("model_name") == people else None
    return views_of(match.namespace)


class TreeRights:
    """The rights that roles hold on pages and collections, as they were before a role's form was sent.

    Wagtail writes what that form adds in bulk, of which Django's signals say nothing; what it takes away they do.
    """

    MODELS = (GroupPagePermission, GroupCollectionPermission)
    FORMS = {"wagtailusers_groups:add", "wagtailusers_groups:edit"}

    def __init__(self):
        self.before = self._read()

    @classmethod
    def are_edited_by(cls, request) -> bool:
        return request.method == "POST" and request.resolver_match.view_name in cls.FORMS

    def record_additions(self) -> None:
        """Record, role by role, what has been added since."""
        added = {}
        for model, pk in self._read() - self.before:
            right = model.objects.select_related("group", "permission").get(pk=pk)
            added.setdefault(right.group, []).append(named(right))
        for group, rights in added.items():
            record_rights(group, added=rights)

    def _read(self) -> set:
        return {(model, pk) for model in self.MODELS for pk in model.objects.values_list("pk", flat=True)}


def named(right) -> str:
    """Return a right of a role as text: of a page or collection with where it holds."""
    codename = right.permission.codename
    if isinstance(right, GroupPagePermission):
        return f"{codename} @ page {right.page_id}"
    return f"{codename} @ collection {right.collection_id}"


def role_names(pks) -> list[str]:
    return sorted(Group.objects.filter(pk__in=pks).values_list("name", flat=True))
