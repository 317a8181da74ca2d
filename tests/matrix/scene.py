"""The people and the pages on which the matrix of rights is tried."""

from dataclasses import dataclass
from functools import cached_property

from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, querydict_from_html, streamfield

from accounts.models import User
from accounts.roles import ALL_ROLES
from news.models import NewsIndexPage, NewsPage
from programs.models import ProgramIndexPage, ProgramPage
from tests.signing_in import PASSWORD, client_of

#: The columns of accounts/rights.csv: six roles, one of a column, a reader with an account, a stranger.
PEOPLE = (
    "writer",
    "translator",
    "reviewer",
    "chief-editor",
    "administrator",
    "auditor",
    "news-writer",
    "reader",
    "stranger",
)
NO_STREAMS = nested_form_data({"body": streamfield([]), "attachments": streamfield([])})


@dataclass
class Place:
    """A section with a draft and a public page in it; `second` is another section of the same kind and language."""

    section: Page
    second: Page
    draft: Page
    live: Page


class Scene:
    """Everything the cases need, made once; each case works on it in a savepoint that is rolled back."""

    def __init__(self):
        self.users = {person: self._user(person) for person in PEOPLE if person != "stranger"}
        self.colleague = User.objects.create_user("a-colleague", "colleague@example.org")
        self.root = User.objects.create_superuser("a-root", "root@example.org", "a long password of the tests")
        self.elders = [User.objects.create_user(f"an-elder-{place}", f"elder{place}@example.org") for place in (1, 2)]
        for person, user in self.users.items():
            group = next((role.name for role in ALL_ROLES if role.key == person), None)
            if group:
                user.groups.add(Group.objects.get(name=group))
        self.places = {
            "zh-hans": self._place(NewsIndexPage, NewsPage, "zh-hans", date="2023-05-01", summary="…", source="…"),
            "en": self._place(NewsIndexPage, NewsPage, "en", date="2023-05-01", summary="…", source="…"),
            "column": self._place(ProgramIndexPage, ProgramPage, "zh-hans"),
        }
        call_command("set_up_roles", verbosity=0)  # the second sections belong to their columns too
        self.clients = {person: client_of(user) for person, user in self.users.items()} | {"stranger": Client()}
        self.root_client = client_of(self.root)
        self._forms: dict[str, dict] = {}

    def _user(self, person: str) -> User:
        return User.objects.create_user(f"a-{person}", f"{person}@example.org", PASSWORD)

    def _place(self, index_type, page_type, code: str, **values) -> Place:
        section = index_type.objects.filter(locale__language_code=code).order_by("path").first()
        second = index_type(title="另一栏 Second", slug=f"second-{page_type.__name__.lower()}", locale=section.locale)
        section.get_parent().add_child(instance=second)
        pages = []
        for live in (False, True):
            page = page_type(title="Before", slug=f"page-{live}".lower(), live=live, locale=section.locale, **values)
            section.add_child(instance=page)
            page.save_revision(user=self.colleague)
            revision = page.save_revision(user=self.colleague)
            if live:
                revision.publish()
            pages.append(page)
        return Place(section, second, *pages)

    def form(self, address: str, **changes) -> dict:
        """Return what the browser of one who may do everything would send from the form at `address`, with `changes`."""
        if address not in self._forms:
            data = querydict_from_html(self.root_client.get(address).content.decode(), "page-edit-form").dict()
            self._forms[address] = {**without_version(data), **NO_STREAMS}
        return self._forms[address] | changes


def without_version(form: dict) -> dict:
    """Return what a form sends without telling which version it was made of: each case has a newest one of its own."""
    return {name: value for name, value in form.items() if name not in ("loaded_revision_id", "loaded_revision_created_at")}


@dataclass
class Case:
    """One person who tries one thing in one scope."""

    scene: Scene
    person: str
    scope: str

    @property
    def client(self) -> Client:
        return self.scene.clients[self.person]

    @property
    def user(self) -> User | None:
        return self.scene.users.get(self.person)

    @property
    def language(self) -> str:
        """The person's own language: English for the translator, Chinese for everyone else."""
        return "en" if self.person == "translator" else "zh-hans"

    @property
    def place(self) -> Place:
        if self.scope == "column":
            return self.scene.places["column"]
        return self.scene.places[self.language if self.scope != "language" else self.other_language]

    @property
    def other_language(self) -> str:
        return "zh-hans" if self.language == "en" else "en"

    @cached_property
    def draft(self) -> Page:
        return self._owned(self.place.draft)

    @cached_property
    def live(self) -> Page:
        return self._owned(self.place.live)

    def _owned(self, page: Page) -> Page:
        owner = self.user if self.scope == "own" else self.scene.colleague
        Page.objects.filter(pk=page.pk).update(owner=owner)
        return type(page).objects.get(pk=page.pk)

    def in_review(self, by=None) -> Page:
        """Return the draft after `by` (a colleague, unless said otherwise) submitted it."""
        page = self.draft
        page.save_revision(user=by or self.scene.colleague)
        page.get_workflow().start(page, by or self.scene.colleague)
        return page
