"""The table of rights: who may do what, read from rights.csv, which the suite tries over HTTP line by line."""

import csv
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from core.languages import CHINESE, current_language

TABLE = Path(__file__).parent / "rights.csv"
SCOPES = {
    "own": _("own"),
    "others": _("others'"),
    "language": _("other language"),
    "column": _("other column"),
    "used": _("own, in public use"),
}
PEOPLE = {
    "writer": _("Writer"),
    "translator": _("Translator"),
    "reviewer": _("Reviewer"),
    "chief-editor": _("Chief editor"),
    "administrator": _("Administrator"),
    "auditor": _("Auditor"),
    "news-writer": _("Writer of the news column"),
    "reader": _("Account without a role"),
    "stranger": _("Without an account"),
}


@dataclass(frozen=True)
class Right:
    """A line of the table: an action by its key, the scopes it is tried in, and for each person those it succeeds in.

    An action without scopes has the scope "".
    """

    key: str
    area: str
    name: str
    scopes: tuple[str, ...]
    granted: dict[str, frozenset[str]]

    @property
    def cells(self) -> list[str]:
        """What the table shows for each person, in the order of PEOPLE."""
        return [self._cell(self.granted[person]) for person in PEOPLE]

    def _cell(self, granted: frozenset[str]) -> str:
        if len(granted) == len(self.scopes):
            return "✓"
        return ", ".join(str(SCOPES[scope]) for scope in self.scopes if scope in granted)


def read_rights() -> list[Right]:
    """Return the lines of the table in the active language."""
    suffix = "zh" if current_language() is CHINESE else "en"
    with TABLE.open(encoding="utf-8", newline="") as lines:
        return [_right(line, suffix) for line in csv.DictReader(lines)]


def _right(line: dict[str, str], suffix: str) -> Right:
    scopes = tuple(line["scopes"].split()) or ("",)
    granted = {person: frozenset(("",) if line[person] == "yes" else line[person].split()) for person in PEOPLE}
    return Right(line["key"], line[f"area_{suffix}"], line[suffix], scopes, granted)


class RightsView(PermissionRequiredMixin, WagtailAdminTemplateMixin, TemplateView):
    """The table of rights in the admin."""

    permission_required = "accounts.view_rights"
    page_title = _("Rights")
    header_icon = "key"
    index_url_name = "rights"
    template_name = "accounts/rights.html"
    breadcrumbs_items = [*WagtailAdminTemplateMixin.breadcrumbs_items, {"url": "", "label": page_title}]

    def handle_no_permission(self):
        raise PermissionDenied

    def get_context_data(self, **kwargs):
        areas = [(area, list(rights)) for area, rights in groupby(read_rights(), attrgetter("area"))]
        return super().get_context_data(**kwargs) | {"people": PEOPLE.values(), "areas": areas}
