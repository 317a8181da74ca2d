"""How many bases each choice of the directory would leave, as the process remembers it."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count

from bases.models.base import Base
from bases.models.category import BaseCategory
from bases.models.province import Province
from bases.tags import DIRECTORY
from core.dependencies import narrowed
from core.memory import remembered

ABROAD = "abroad"
UNKNOWN = "unknown"  # the year of a base for which none was found
#: The facets with the columns that they go by.
FACETS = {"kind": "category__slug", "province": "province_id", "host": "host_type", "year": "year"}
#: What the directory shows of other models: any change of theirs touches it.
KIND_AND_PLACE = (BaseCategory._meta.db_table, Province._meta.db_table)


@dataclass(frozen=True)
class Counts:
    """Of each facet the values with their numbers of bases under what is chosen of the other facets; of the years also how many
    bases have theirs from a report's date alone; `years` are those that any base has."""

    of: dict[str, Counter]
    reported: Counter
    years: frozenset[str]

    def found(self, chosen: dict[str, str]) -> int:
        """Return how many bases there are under all that is `chosen`."""
        counts = self.of["kind"]
        return counts[chosen["kind"]] if chosen["kind"] else sum(counts.values())


def counts_under(chosen: dict[str, str], text: str = "") -> Counts:
    """Return the counts under what is `chosen` of each facet ("" for nothing), of the bases that `text` finds."""
    if text:
        return _counts(_read_groups(text), chosen)
    if chosen["year"] and chosen["year"] not in _years(_all_groups()):
        return _counts(_all_groups(), chosen)  # of endlessly many that nothing answers to
    return remembered(("directory", *chosen.values()), lambda: _counts(_all_groups(), chosen))


def _all_groups() -> list[dict]:
    return remembered("bases by facets", _read_groups)


def _read_groups(text: str = "") -> list[dict]:
    """Return the public bases that `text` finds, grouped by the facets, in one query."""
    bases = Base.objects.live().named_like(text) if text else Base.objects.live()
    groups = bases.order_by().values(*FACETS.values(), "year_basis").annotate(count=Count("pk"))
    with narrowed(DIRECTORY, *KIND_AND_PLACE, aspect=None):
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


def _counts(groups: list[dict], chosen: dict[str, str]) -> Counts:
    of: dict[str, Counter] = {name: Counter() for name in FACETS}
    reported = Counter()
    asked = [(name, value) for name, value in chosen.items() if value]
    for group in groups:
        missed = [name for name, value in asked if group[name] != value]
        for name in FACETS if not missed else missed if len(missed) == 1 else ():
            of[name][group[name]] += group["count"]
            if name == "year" and group["reported"]:
                reported[group["year"]] += group["count"]
    return Counts(of, reported, _years(groups))


def _years(groups: list[dict]) -> frozenset[str]:
    return frozenset(group["year"] for group in groups)
