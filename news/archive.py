"""The years and months that have news."""

from dataclasses import dataclass, field

from core.memory import remembered
from core.visibility import narrowed_to_public
from news.models.listing import ListingCount
from news.tags import news_in


@dataclass
class ArchiveYear:
    """A year with its number of items; `months` maps the two-digit month to its number, newest first."""

    year: str
    count: int = 0
    months: dict[str, int] = field(default_factory=dict)


def archive_years(locale_id: int) -> list[ArchiveYear]:
    """Return the years of the published news of a language, newest first, as the process remembers them."""
    return remembered(("archive", locale_id), lambda: _read_years(locale_id))


def _read_years(locale_id: int) -> list[ArchiveYear]:
    with narrowed_to_public(news_in(locale_id)):
        counts = list(ListingCount.objects.of(locale_id).filled().order_by("-period").values_list("period", "number"))
    years: dict[str, ArchiveYear] = {}
    for period, number in counts:
        entry = years.setdefault(period[:4], ArchiveYear(period[:4]))
        entry.count += number
        if month := period[5:]:
            entry.months[month] = number
    return list(years.values())
