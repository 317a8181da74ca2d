"""The bases by year: how many each year has, and of how many only a report tells the year."""

from dataclasses import dataclass, field
from itertools import pairwise

from bases.directory import UNKNOWN, Directory


@dataclass(frozen=True)
class YearRow:
    """A year with its bases; of the `reported` ones only the year of a report is known.

    `empty_before` names the years without bases between this row and the next older one ("2010–2012", or ""). The shares are
    the lengths of the two bars, in per cent of the fullest year's.
    """

    year: str
    count: int
    reported: int
    query: str
    selected: bool
    dated_share: float = 0
    reported_share: float = 0
    empty_before: str = ""


@dataclass(frozen=True)
class Timeline:
    """`rows` are newest first; `unknown` is the row of the bases without a year, None where there are none."""

    rows: list[YearRow] = field(default_factory=list)
    unknown: YearRow | None = None


def directory_timeline(directory: Directory) -> Timeline:
    """Return the timeline of a filtered directory; choosing a year keeps the other facets."""
    question, counts, reported = directory.question, directory.counts("year"), directory.reported_counts()
    years = {year for year in counts if counts[year]} | {question.year} - {""}
    known = sorted(years - {UNKNOWN}, key=int, reverse=True)
    highest = max((counts[year] for year in known), default=0) or 1

    def row(year: str, older: str = "") -> YearRow:
        selected = year == question.year
        return YearRow(
            year,
            counts[year],
            reported[year],
            question.query(year="" if selected else year),
            selected,
            dated_share=round(100 * (counts[year] - reported[year]) / highest, 1),
            reported_share=round(100 * reported[year] / highest, 1),
            empty_before=_between(older, year),
        )

    rows = [row(year, older) for year, older in pairwise([*known, ""])]
    return Timeline(rows, row(UNKNOWN) if UNKNOWN in years else None)


def _between(older: str, newer: str) -> str:
    """Return the years between the two, "" where there are none or where one is missing."""
    if not older or int(newer) - int(older) < 2:
        return ""
    first, last = int(older) + 1, int(newer) - 1
    return str(first) if first == last else f"{first}–{last}"
