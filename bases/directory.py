"""The directory's questions: which bases a request asks for, and what each facet would leave."""

from collections import Counter
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from django.db.models import Count
from django.http import Http404
from django.utils.translation import gettext as _

from bases.models.base import Base
from bases.models.category import BaseCategory
from bases.models.province import Province
from core.parameters import choice_parameter, number_parameter, parameter, text_parameter

ABROAD = "abroad"
UNKNOWN = "unknown"  # the year of a base for which none was found
SORTS = ("name", "year")
MAX_TEXT_LENGTH = 60
FACETS = ("kind", "province", "host", "year")
_COLUMNS = {"kind": "category__slug", "province": "province_id", "host": "host_type", "year": "year"}


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
    return {_COLUMNS[facet]: value}


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
    """The facets of a question with their counts, from one grouped query for them all."""

    def __init__(self, question: Question):
        self.question = question
        self.categories = list(BaseCategory.objects.live())
        self.provinces = list(Province.objects.all())
        self._groups = self._count_groups()
        self.facets = [self._facet(name) for name in FACETS]
        self._refuse_unknown_values()

    def _count_groups(self) -> list[dict]:
        bases = Base.objects.live()
        if self.question.q:
            bases = bases.named_like(self.question.q)
        groups = bases.order_by().values(*_COLUMNS.values(), "year_basis").annotate(count=Count("pk"))
        return [
            {
                "kind": group["category__slug"],
                "province": group["province_id"] or ABROAD,
                "host": group["host_type"],
                "year": str(group["year"] or UNKNOWN),
                "reported": group["year_basis"] == Base.YearBasis.REPORTED,
                "count": group["count"],
            }
            for group in groups
        ]

    def counts(self, facet: str) -> Counter:
        """Return how many bases each value of `facet` has under the question's other facets."""
        return self._counts(facet, self._groups)

    def reported_counts(self) -> Counter:
        """Return how many bases of each year have that year from a report's date alone."""
        return self._counts("year", [group for group in self._groups if group["reported"]])

    def _counts(self, facet: str, groups: list[dict]) -> Counter:
        others = {name: getattr(self.question, name) for name in FACETS if name != facet}
        counts = Counter()
        for group in groups:
            if all(not value or group[name] == value for name, value in others.items()):
                counts[group[facet]] += group["count"]
        return counts

    def _labels(self, facet: str) -> dict[str, str]:
        if facet == "kind":
            return {category.slug: category.short_name for category in self.categories}
        if facet == "province":
            return {province.code: province.short_name for province in self.provinces} | {ABROAD: _("Abroad")}
        if facet == "host":
            return {value: str(label) for value, label in Base.HostType.choices}
        years = {group["year"] for group in self._groups} | {self.question.year} - {""}
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
