"""The first panel of the admin's home: what one's roles are for, and where one may begin."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component
from wagtail.models import Page
from wagtail.permissions import policy_registry

from accounts.roles import ALL_ROLES
from core.languages import LANGUAGES
from news.models import NewsIndexPage
from news.word.forms import lists_of


@dataclass(frozen=True)
class Task:
    """Something that the person may do; `address` is where it begins."""

    label: str
    help: str
    address: str


class WelcomePanel(Component):
    name = "welcome"
    template_name = "portal/welcome.html"
    order = 10

    def get_context_data(self, parent_context):
        user = parent_context["request"].user
        return {"name": user.get_short_name(), "duties": duties_of(user), "tasks": list(tasks_of(user))}


def duties_of(user) -> list[tuple[str, str]]:
    """Return the name of each role of `user` with what it is for, in the active language."""
    duties = {
        "writer": _("You draft pages in Chinese and records in both languages, and submit them for review."),
        "translator": _("You draft pages in English and records in both languages, and submit them for review."),
        "reviewer": _("You approve what was submitted, or return it with a remark. What waits for you stands below."),
        "chief-editor": _("You release what two others have reviewed, and take down what is public, in both languages."),
        "administrator": _("You look after accounts, settings and provinces. You write and publish nothing."),
        "auditor": _("You read everything and change nothing."),
    }
    names = set(user.groups.values_list("name", flat=True))
    own = [role for role in ALL_ROLES if role.name in names]
    return [(role.name, duties[role.key.rpartition("-")[2] if role.column else role.key]) for role in own]


def tasks_of(user) -> Iterator[Task]:
    """Yield what `user` may begin with; the rights themselves are asked, so that no link leads to a refusal."""
    for index in NewsIndexPage.objects.select_related("locale"):
        language = next(entry for entry in LANGUAGES if entry.code == index.locale.language_code)
        if index.permissions_for_user(user).can_add_subpage():
            address = reverse("wagtailadmin_pages:add", args=("news", "newspage", index.pk))
            help_text = _("A draft that nobody sees before it is reviewed and released.")
            yield Task(_("Write a news item (%s)") % language.label, help_text, address)
    if lists_of(user):
        help_text = _("Title, text, tables and pictures of a .docx document become a draft.")
        yield Task(_("News from a Word document"), help_text, reverse("news_from_word"))
    if policy_registry.get_by_type(Page).user_has_any_permission(user, ["add", "change", "publish"]):
        yield Task(_("Pages"), _("Every page of both languages, with its state."), reverse("wagtailadmin_explore_root"))
    for permission, address, label, help_text in (
        (
            "bases.change_base",
            "wagtailsnippets_bases_base:list",
            _("Bases"),
            _("Names, places, years and sources, each base once."),
        ),
        (
            "programs.change_figure",
            "wagtailsnippets_programs_figure:list",
            _("Figures"),
            _("Numbers of the programme, each with its date and source."),
        ),
        (
            "accounts.change_user",
            "wagtailusers_users:index",
            _("Staff"),
            _("Open accounts, give roles, help after a lost password."),
        ),
        ("accounts.view_user", "wagtailusers_users:index", _("Staff"), _("Who has an account, with which roles.")),
        ("audit.view_entry", "audit_log", _("Audit log"), _("Who did what, when and from where.")),
        (
            "readership.view_dailyviews",
            "views_report",
            _("Most read pages"),
            _("What readers read, by page, language and day."),
        ),
        ("search.view_unfoundquery", "unfound_queries", _("Sought in vain"), _("What readers looked for and did not find.")),
    ):
        if user.has_perm(permission):
            yield Task(label, help_text, reverse(address))
