"""The directory's questions: which bases a request asks for, and what each facet would leave."""

from collections import Counter
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from bases.counting import ABROAD, FACETS, UNKNOWN, counts_under
from bases.models.base import Base
from bases.models.category import BaseCategory
from bases.models.province import Province
from core.memory import remembered
from core.parameters import choice_parameter, number_parameter, parameter, text_parameter

SORTS = ("name", "year")
MAX_TEXT_LENGTH = 60


@dataclass(frozen=True)
class Question:
    """What a reader asks of the directory; an empty value asks nothing."""

    kind: str = ""
    province: str = ""
    host: str = ""
    year: str = ""
    q: str = ""
    sort: str = ""

    @classmethod
    def from_request(cls, request) -> "Question":
        """Read the query string; values of the wrong form are Http404, unknown parameters are ignored."""
        year = UNKNOWN if parameter(request, "year") == UNKNOWN else number_parameter(request, "year")
        return cls(
            kind=parameter(request, "kind"),
            province=parameter(request, "province"),
            host=choice_parameter(request, "host", Base.HostType.values),
            year=str(year) if year else "",
            q=text_parameter(request, "q", MAX_TEXT_LENGTH),
            sort=choice_parameter(request, "sort", SORTS),
        )

    @property
    def chosen(self) -> dict[str, str]:
        """What is asked of each facet."""
        return {name: getattr(self, name) for name in FACETS}

    @property
    def is_filtered(self) -> bool:
        return any(getattr(self, name) for name in (*FACETS, "q"))

    def query(self, **changes: str) -> str:
        """Return the query string ("?kind=offshore", or "") of this question with `changes`."""
        changed = replace(self, **changes)
        names = (*FACETS, "q", "sort")
        pairs = [(name, getattr(changed, name)) for name in names if getattr(changed, name)]
        return "?" + urlencode(pairs) if pairs else ""

    def bases(self, language):
        """Return the live bases that answer the question, in its order, joined with what a card shows."""
        found = Base.objects.live().for_cards()
        if self.q:
            found = found.named_like(self.q)
        for name in FACETS:
            if value := getattr(self, name):
                found = found.filter(**_condition(name, value))
        return found.by_year(language) if self.sort == "year" else found.by_name(language)


def _condition(facet: str, value: str) -> dict:
    if facet == "province" and value == ABROAD:
        return {"province": None}
    if facet == "year" and value == UNKNOWN:
        return {"year": None}
    return {FACETS[facet]: value}


@dataclass(frozen=True)
class Found:
    """The bases that answer a question, with their known number: what a paginator counts and slices."""

    rows: QuerySet
    number: int

    def count(self) -> int:
        return self.number

    def __getitem__(self, part: slice) -> list[Base]:
        return list(self.rows[part])


@dataclass(frozen=True)
class Option:
    """A value of a facet: how many bases it would leave, and the query that chooses it (or takes it back)."""

    value: str
    label: str
    count: int
    query: str
    selected: bool


@dataclass
class Facet:
    name: str
    label: str
    options: list[Option] = field(default_factory=list)

    @property
    def chosen(self) -> Option | None:
        return next((option for option in self.options if option.selected), None)


class Directory:
    """The facets of a question with their counts."""

    def __init__(self, question: Question):
        self.question = question
        self.categories = remembered("kinds of base", lambda: list(BaseCategory.objects.live()))
        self.provinces = remembered("provinces", lambda: list(Province.objects.all()))
        self._refuse_unknown_values()
        self._counts = counts_under(question.chosen, question.q)
        self.facets = [self._facet(name) for name in FACETS]

    def bases(self, language) -> "Found":
        """Return the live bases that answer the question, in its order."""
        return Found(self.question.bases(language), self._counts.found(self.question.chosen))

    def counts(self, facet: str) -> Counter:
        """Return how many bases each value of `facet` has under the question's other facets."""
        return self._counts.of[facet]

    def reported_counts(self) -> Counter:
        """Return how many bases of each year have that year from a report's date alone."""
        return self._counts.reported

    def _labels(self, facet: str) -> dict[str, str]:
        if facet == "kind":
            return {category.slug: category.short_name for category in self.categories}
        if facet == "province":
            return {province.code: province.short_name for province in self.provinces} | {ABROAD: _("Abroad")}
        if facet == "host":
            return {value: str(label) for value, label in Base.HostType.choices}
        years = self._counts.years | {self.question.year} - {""}
        known = sorted(years - {UNKNOWN}, key=int, reverse=True)
        return {year: year for year in known} | ({UNKNOWN: _("Year not known")} if UNKNOWN in years else {})

    def _facet(self, name: str) -> Facet:
        headings = {"kind": _("Kind"), "province": _("Province"), "host": _("Host"), "year": _("Year")}
        counts, chosen = self.counts(name), getattr(self.question, name)
        options = [
            Option(
                value, label, counts[value], self.question.query(**{name: "" if value == chosen else value}), value == chosen
            )
            for value, label in self._labels(name).items()
            if counts[value] or value == chosen
        ]
        return Facet(name, headings[name], options)

    def _refuse_unknown_values(self) -> None:
        known = {"kind": {category.slug for category in self.categories}}
        known["province"] = {province.code for province in self.provinces} | {ABROAD}
        for name, values in known.items():
            if (value := getattr(self.question, name)) and value not in values:
                raise Http404(f"{name}={value[:20]!r} is not known here")

    @property
    def chosen(self) -> list[Option]:
        return [facet.chosen for facet in self.facets if facet.chosen]
