"""What a reader asks of the search page, as its address holds it."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Max, Min
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from core.findable import FILTERS, Kind
from core.parameters import choice_parameter, number_parameter, text_parameter
from search.findings import Asked
from search.models.entry import Entry
from search.understanding import MAX_LENGTH

BY_DATE = "date"


@dataclass(frozen=True)
class Choice:
    """A filter with its options (value and label), of which `value` is chosen ("" for none)."""

    name: str
    label: str
    options: list[tuple[str, str]]
    value: str


class Question:
    """A request's query, kind, filters, order and page; values that are not known here are Http404."""

    def __init__(self, request, language):
        self.q = text_parameter(request, "q", MAX_LENGTH)
        self.kind = choice_parameter(request, "kind", Kind.values)
        self.sort = choice_parameter(request, "sort", [BY_DATE])
        self.page = number_parameter(request, "page") or 1
        self.language = language
        self._given = {name: request.GET.get(name, "") for name in ("year", *(entry.name for entry in FILTERS))}
        for choice in self.choices:
            choice_parameter(request, choice.name, [value for value, _label in choice.options])

    @cached_property
    def choices(self) -> list[Choice]:
        """The filters in their order, each with its options."""
        dated = Entry.objects.filter(language=self.language.code, date__gt="").order_by()
        span = dated.aggregate(first=Min("date"), last=Max("date"))
        years = range(int(span["last"][:4]), int(span["first"][:4]) - 1, -1) if span["first"] else []
        options = [("year", _("Year"), [(str(year), str(year)) for year in years])]
        options += [(entry.name, str(entry.label), list(entry.options())) for entry in FILTERS]
        return [Choice(name, label, values, self._given[name]) for name, label, values in options]

    @property
    def filters(self) -> tuple[tuple[str, str], ...]:
        return tuple((name, value) for name, value in self._given.items() if value)

    def asked(self) -> Asked:
        return Asked(self.q, self.kind, self.filters, self.sort == BY_DATE, self.page)

    def query(self, **changes: str) -> str:
        """Return the query string of this question with `changes`; without its page, unless that is given."""
        values = {"q": self.q, "kind": self.kind, **self._given, "sort": self.sort} | changes
        pairs = [(name, value) for name, value in values.items() if value]
        return "?" + urlencode(pairs) if pairs else ""

    def without_filters(self) -> str:
        return self.query(**dict.fromkeys(self._given, ""), kind="")
