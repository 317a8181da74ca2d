"""What staff see and take away: addresses of the admin whose answers show personal data, and exports of lists."""

from http import HTTPStatus

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from wagtail.models import GroupCollectionPermission, GroupPagePermission

from audit.events import Event
from audit.recording import record
from audit.rights import record_rights

PEOPLE = "wagtailusers_users"
# By the last part of the address's name; the lists' own results are asked for again with every letter typed into the search.
SIGHTS = {"index", "index_results", "edit", "history", "history_results", "usage", "delete"}
OWN_LOG = {"audit_log", "audit_log_results"}


def record_sight(request, response) -> None:
    """Record a successful look at the staff list or at a member's record, and a list taken away as a file."""
    match, user = request.resolver_match, getattr(request, "user", None)
    is_in_admin = request.path_info.startswith(f"/{settings.ADMIN_PATH}")
    if not is_in_admin or match is None or response.status_code != HTTPStatus.OK or request.method != "GET":
        return
    name, exported = match.view_name, request.GET.get("export")
    if name in OWN_LOG or not (exported or name.startswith(f"{PEOPLE}:") or _is_about_people(match)):
        return
    if user is None or not user.is_authenticated:
        return
    if exported and response.headers.get("Content-Disposition", "").startswith("attachment"):
        event = Event.PERSONAL_DATA_EXPORTED if name.startswith(PEOPLE) else Event.EXPORTED
        record(event, details={"list": name, "format": exported[:10]})
    elif (name.partition(":")[2] in SIGHTS and name.startswith(PEOPLE)) or _is_about_people(match):
        person = get_user_model().objects.filter(pk=match.kwargs.get("pk", 0)).first()
        record(Event.PERSONAL_DATA_SEEN, person, details={"list": name} if person is None else {})


def _is_about_people(match) -> bool:
    """Return whether an action is asked for on chosen people: its page lists them."""
    return match.url_name == "wagtail_bulk_action" and match.kwargs.get("model_name") == get_user_model()._meta.model_name


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
