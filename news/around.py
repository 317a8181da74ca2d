"""What leads on from a news item: the one before, the one after, and others on its topics."""

from collections.abc import Iterable

from django.apps import apps

from news.models.listing import Listing
from news.models.topic import Topic

RELATED_SHOWN = 4


def around(page, topics: Iterable[Topic]) -> dict:
    """Return the `previous_page` and `next_page` of the news page `page`, None at either end, and up to four `related` ones
    of `topics`: the nearest before it, then, where these are too few, the nearest after it."""
    date, pk = page.date or "", page.pk or 0
    listed = Listing.objects.of(page.locale_id)
    before, after = (listing.values_list("page", flat=True) for listing in (listed.before(date, pk), listed.after(date, pk)))
    previous, following = before.exclude(page=pk).first(), after.exclude(page=pk).first()
    related = _related(page.locale_id, date, pk, topics)
    links = apps.get_model("news", "NewsPage").objects.for_links()
    found = {link.pk: link for link in links.filter(pk__in=[previous or 0, following or 0, *related])}
    return {
        "previous_page": found.get(previous),
        "next_page": found.get(following),
        "related": [found[key] for key in related if key in found],
    }


def _related(locale_id: int, date: str, pk: int, topics: Iterable[Topic]) -> list[int]:
    """Return the keys of the related items, the nearest first."""
    lists = [Listing.objects.of(locale_id, topic) for topic in topics]
    related = _nearest((rows.before(date, pk) for rows in lists), newest_first=True)
    if len(related) < RELATED_SHOWN:
        related += _nearest((rows.after(date, pk) for rows in lists), newest_first=False)
    return [key for key in dict.fromkeys(related) if key != pk][:RELATED_SHOWN]


def _nearest(lists, *, newest_first: bool) -> list[int]:
    """Return the keys of the first rows of the `lists` together; each is asked alone, so that an index gives them in order."""
    rows = {row for listing in lists for row in listing.values_list("date", "page")[: RELATED_SHOWN + 1]}
    return [key for _date, key in sorted(rows, reverse=newest_first)]
