"""What search is told of the portal's items: each feature says what its items are found by."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.languages import Language


class Kind(models.TextChoices):
    """The groups of a page of results, in the order of their tabs."""

    BASES = "bases", _("Bases")
    NEWS = "news", _("News")
    PROGRAMME = "programme", pgettext_lazy("search results", "Programme")
    DOCUMENTS = "documents", _("Documents")
    PAGES = "pages", _("Other pages")


@dataclass(frozen=True)
class Findable:
    """What an item is found by in one language.

    `names` are further names it answers to, whatever their language; `date` is a partial date ("2023-03" or "");
    `labels` hold what it is filtered by, as pairs of a filter's name and a value.
    """

    language: Language
    kind: Kind
    title: str
    summary: str = ""
    text: str = ""
    names: tuple[str, ...] = ()
    date: str = ""
    labels: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Filter:
    """A filter of the search page: `options` returns values with their labels, in their order."""

    name: str
    label: str
    options: Callable[[], Iterable[tuple[str, str]]]


#: The filters that features add to the search page, and their sources of equivalent names: each source returns groups of
#: names for one thing, such as ("燕山大学", "Yanshan University"); search for one finds the others.
FILTERS: list[Filter] = []
NAME_SOURCES: list[Callable[[], Iterable[tuple[str, ...]]]] = []


class FindableRecord:
    """Mixin of a record with an address of its own, made of its `slug`, found in both languages.

    `search_prefetch` are the relations that its findables read.
    """

    search_prefetch: tuple[str, ...] = ()

    def findables(self) -> list[Findable]:
        """Return what the record is found by, once for each language."""
        raise NotImplementedError

    def public_path(self, structure, language: Language) -> str | None:
        """Return the path of the record's page in `language`, None where there is none."""
        raise NotImplementedError
