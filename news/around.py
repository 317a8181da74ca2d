"""What leads on from a news item: the one before, the one after, and others on its topics."""

from collections.abc import Iterable
from functools import cache

from django.apps import apps
from wagtail.models import Page

from core.dependencies import read
from core.page_tags import link_to
from core.visibility import narrowed_to_public
from news import tags
from news.models.listing import Listing
from news.models.topic import Topic

RELATED_SHOWN = 4

# Each list is asked alone, so that an index gives its rows in order, and for no more than are shown.
_PART = """
SELECT * FROM (SELECT {place} AS place, date AS listed, page_id AS page FROM "{listing}"
WHERE {chosen} AND date {sign}= %s AND (date {sign} %s OR page_id {sign} %s) AND page_id <> %s
ORDER BY date {order}, page_id {order} LIMIT {most}) AS part{place}"""
_SELECTION = """SELECT found.place, id AS page_ptr_id, id, title, url_path, listed AS date
FROM ({parts}) AS found INNER JOIN "{page}" ON id = found.page"""
_OLDER, _NEWER = ("<", "DESC"), (">", "ASC")
_OF_ALL, _OF_A_TOPIC = "topic_id IS NULL AND locale_id = %s", "topic_id = %s AND locale_id = %s"


def around(page, topics: Iterable[Topic]) -> dict:
    """Return the `previous_page` and `next_page` of the news page `page`, None at either end, and the `related` items of
    `topics`, newest first: the nearest older ones, and where these are few the nearest newer ones. So a new item stands on the
    pages of few others, and every item keeps its own."""
    keys = [topic.pk for topic in topics]
    date, key = page.date or "", page.pk or 0
    parameters = [(*chosen, page.locale_id, date, date, key, key) for chosen in _twice([(), *((topic,) for topic in keys)])]
    found = [[] for _part in parameters]
    with narrowed_to_public(tags.beside(page.pk), tags.related_to(page.pk), aspect=None):
        for link in apps.get_model("news", "NewsPage").objects.raw(_statement(len(keys)), sum(parameters, ())):
            found[link.place].append(link)
    previous, following, *of_topics = found
    older = sorted(_once(of_topics[::2]), key=_place, reverse=True)[:RELATED_SHOWN]
    newer = sorted(_once(of_topics[1::2]), key=_place)[: RELATED_SHOWN - len(older)]
    read(*(link_to(link.pk) for link in (*previous, *following, *older, *newer)))
    return {
        "previous_page": next(iter(previous), None),
        "next_page": next(iter(following), None),
        "related": [*reversed(newer), *older],
    }


def _place(link) -> tuple[str, int]:
    return link.date, link.pk


def _once(lists: list[list]) -> Iterable:
    """Return the links of `lists`, each page once: it may be on several topics."""
    return {link.pk: link for links in lists for link in links}.values()


def _twice(entries: list) -> list:
    return [entry for entry in entries for _time in range(2)]


@cache
def _statement(topics: int) -> str:
    """Return the statement that finds the older and the newer items of the list of everything and of so many `topics`. It is
    written here, for every article asks it: putting it together by querysets takes ten times as long as the database does."""
    lists = [(_OF_ALL, 1), *[(_OF_A_TOPIC, RELATED_SHOWN)] * topics]
    wanted = [(chosen, most, sign, order) for chosen, most in lists for sign, order in (_OLDER, _NEWER)]
    parts = (
        _PART.format(place=place, listing=Listing._meta.db_table, chosen=chosen, sign=sign, order=order, most=most)
        for place, (chosen, most, sign, order) in enumerate(wanted)
    )
    return _SELECTION.format(parts=" UNION ALL ".join(parts), page=Page._meta.db_table)
