"""The years and months that have news."""

from dataclasses import dataclass

from django.db.models import Count
from django.db.models.functions import Substr

from core.visibility import narrowed_to_public, visible
from news.models.news import NewsPage
from news.tags import news_in


@dataclass
class ArchiveYear:
    """A year with its number of items; `months` maps the two-digit month to its number, newest first."""

    year: str
    count: int
    months: dict[str, int]


def archive_years(index) -> list[ArchiveYear]:
    """Return the years of the published news below `index`, newest first, in one query."""
    with narrowed_to_public(news_in(index.locale_id)):
        rows = list(
            visible(NewsPage.objects.child_of(index))
            .annotate(period=Substr("date", 1, 7))
            .order_by("-period")
            .values_list("period")
            .annotate(Count("pk"))
        )
    years: dict[str, ArchiveYear] = {}
    for period, count in rows:
        entry = years.setdefault(period[:4], ArchiveYear(period[:4], 0, {}))
        entry.count += count
        if month := period[5:7]:
            entry.months[month] = count
    return sorted(years.values(), key=lambda entry: entry.year, reverse=True)
