"""What leads on from a news item: the one before, the one after, and others on its topics."""

from collections.abc import Iterable

from django.apps import apps
from django.db.models import Value

from core.structure import site_structure
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
    lists = [listed.of(page.locale_id), *(listed.of(page.locale_id, topic) for topic in topics)]
    with narrowed_to_public(tags.beside(page.pk), tags.related_to(page.pk), aspect="link"):
        older, newer = _nearest(lists, page)
        previous, following = sorted(older[0], reverse=True)[:1], sorted(newer[0])[:1]
        related = sorted(set().union(*older[1:]), reverse=True)[:RELATED_SHOWN]
        related = sorted(set().union(*newer[1:]))[: RELATED_SHOWN - len(related)][::-1] + related
        found = _links({key for _date, key in (*previous, *following, *related)})
    return {
        "previous_page": next((found[key] for _date, key in previous if key in found), None),
        "next_page": next((found[key] for _date, key in following if key in found), None),
        "related": [found[key] for _date, key in related if key in found],
    }


def _nearest(lists, page) -> tuple[list[set], list[set]]:
    """Return for each of `lists` the RELATED_SHOWN items before `page`, and those after it, as pairs of date and key. One query
    asks each list by itself, so that an index gives its rows in order."""
    place = page.date or "", page.pk or 0
    sides = [*(rows.before(*place) for rows in lists), *(rows.after(*place) for rows in lists)]
    # SQLite takes no LIMIT in a part of a UNION, but in a condition of it.
    first, *others = [
        Listing.objects.filter(pk__in=side.values("pk")[:RELATED_SHOWN]).values_list(Value(number), "date", "page")
        for number, side in enumerate(sides)
    ]
    found = [set() for _side in sides]
    for number, date, key in first.union(*others, all=True):
        found[number].add((date, key))
    return found[: len(lists)], found[len(lists) :]


def _links(keys: set[int]) -> dict:
    """Return the public items of `keys`, with what a link shows."""
    links, structure = apps.get_model("news", "NewsPage").objects.for_links_of(keys), site_structure()
    return {link.pk: link for link in links if structure.shows(link)}
