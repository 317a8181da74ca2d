"""What leads on from a news item: the one before, the one after, and others on its topics."""

from collections.abc import Iterable

from django.apps import apps

from core.visibility import narrowed_to_public
from news import tags
from news.models.listing import Listing
from news.models.topic import Topic

RELATED_SHOWN = 4


def around(page, topics: Iterable[Topic]) -> dict:
    """Return the `previous_page` and `next_page` of the news page `page`, None at either end, and the `related` items of
    `topics`, newest first: the nearest older ones, and where these are few the nearest newer ones. So a new item stands on the
    pages of few others, and every item keeps its own."""
    listed = Listing.objects.exclude(page=page.pk)
    with narrowed_to_public(tags.beside(page.pk), tags.related_to(page.pk), aspect="link"):
        previous, following = _nearest([listed.of(page.locale_id)], page, 1, 1)
        lists = [listed.of(page.locale_id, topic) for topic in topics]
        older, _none = _nearest(lists, page, RELATED_SHOWN, 0)
        _none, newer = _nearest(lists, page, 0, RELATED_SHOWN - len(older))
        related = [*reversed(newer), *older]
        links = apps.get_model("news", "NewsPage").objects.for_links()
        found = {link.pk: link for link in links.filter(pk__in=[*previous, *following, *related])}
    return {
        "previous_page": next((found[key] for key in previous if key in found), None),
        "next_page": next((found[key] for key in following if key in found), None),
        "related": [found[key] for key in related if key in found],
    }


def _nearest(lists, page, before: int, after: int) -> tuple[list[int], list[int]]:
    """Return the keys of the items of `lists` nearest to `page`: so many `before` it and so many `after` it. Each list is asked
    alone, so that an index gives its rows in order."""
    date, key = page.date or "", page.pk or 0
    older = {row for rows in lists for row in rows.before(date, key).values_list("date", "page")[:before]}
    newer = {row for rows in lists for row in rows.after(date, key).values_list("date", "page")[:after]}
    return (
        [key for _date, key in sorted(older, reverse=True)[:before]],
        [key for _date, key in sorted(newer)[:after]],
    )
