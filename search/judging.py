"""The quality of search, measured with judged queries over the starter content.

Each row of `judged/queries.csv` is a query in a language, its class, the items that answer it (by slug: "base:…" for a
base, "page:…" with the path below the home page for a page) and the one that must come first. A query that must find
nothing has none.
"""

import csv
from dataclasses import dataclass
from pathlib import Path

from django.utils import translation
from wagtail.models import Page

from core.languages import BY_PREFIX
from core.structure import HOME_DEPTH, SiteStructure
from search.finding import PER_PAGE, Search
from search.findings import Asked

JUDGED = Path(__file__).parent / "judged" / "queries.csv"


@dataclass(frozen=True)
class Judged:
    """A query with what answers it; `first` names the items of which one must stand first, all of `relevant` if empty."""

    language: str
    query: str
    group: str
    relevant: frozenset[str]
    first: frozenset[str]


@dataclass(frozen=True)
class Judgement:
    """How a query fared: what it found, in order, beside what answers it."""

    judged: Judged
    found: tuple[str, ...]

    @property
    def recall(self) -> float:
        relevant = self.judged.relevant
        return len(relevant.intersection(self.found)) / len(relevant) if relevant else float(not self.found)

    @property
    def precision(self) -> float:
        relevant = self.judged.relevant
        return len(relevant.intersection(self.found)) / len(self.found) if self.found else float(not relevant)

    @property
    def is_first_right(self) -> bool:
        return self.found[:1] == () if not self.judged.relevant else bool(self.found) and self.found[0] in self.judged.first


def judged_queries() -> list[Judged]:
    with JUDGED.open(encoding="utf-8", newline="") as file:
        return [
            Judged(
                row["language"],
                row["query"],
                row["group"],
                frozenset(row["relevant"].split()),
                frozenset(row["first"].split() or row["relevant"].split()),
            )
            for row in csv.DictReader(file)
        ]


def judge(queries: list[Judged]) -> list[Judgement]:
    """Ask every query of the portal as it is loaded, and return how each fared."""
    structure = SiteStructure()
    searches = {}
    for prefix, language in BY_PREFIX.items():
        home = Page.objects.get(depth=HOME_DEPTH, locale__language_code=language.code)
        searches[prefix] = Search(structure, home, language)
    return [Judgement(judged, _found(searches[judged.language], judged)) for judged in queries]


def _found(search: Search, judged: Judged) -> tuple[str, ...]:
    """Return the keys of all hits: group by group as the page shows them, each group whole."""
    with translation.override(search.language.code):
        findings = search.find(Asked(judged.query))
        found = []
        for group in findings.groups:
            for page in range(1, -(-group.count // PER_PAGE) + 1):
                hits = search.find(Asked(judged.query, kind=group.kind, page=page)).hits
                found += [_key(hit, search.language.prefix) for hit in hits]
    return tuple(found)


def _key(hit, prefix: str) -> str:
    path = hit.path.removeprefix(f"/{prefix}/").strip("/")
    return f"base:{path.rsplit('/', 1)[-1]}" if hit.entry.page_id is None else f"page:{path}"


def mean(values) -> float:
    values = list(values)
    return sum(values) / len(values)
