"""Which lists of news a change touches: those that the item stands in, before and after, and its neighbours in them."""

from collections.abc import Iterator

from bases.tags import news_about
from core.watching import Changed
from news import tags
from news.models import ConcernedBase, NewsPage
from news.models.related import RELATED_SHOWN

#: What decides in which lists an item stands, and where.
_PLACE = frozenset({"date", "locale"})


def touched_by_news(changed: Changed) -> Iterator[str]:
    if "topics" in changed.fields:
        yield from _touched_by_topics(changed.new, changed.keys)
        return
    if not (changed.comes_or_goes or changed.fields & _PLACE):
        return
    topics = set(NewsPage.topics.through.objects.filter(newspage_id=changed.pk).values_list("topic_id", flat=True))
    bases = set(ConcernedBase.objects.filter(page_id=changed.pk).values_list("base_id", flat=True))
    for page in changed.states:
        yield from _touched_lists(page)
        yield from (news_about(base, page.locale_id) for base in bases)
        yield from _touched_by_topics(page, topics)


def touched_by_concerned_base(changed: Changed) -> Iterator[str]:
    for link in changed.states:
        locale = NewsPage.objects.filter(pk=link.page_id).values_list("locale_id", flat=True).first()
        yield news_about(link.base_id, locale)


def _touched_lists(page: NewsPage) -> Iterator[str]:
    yield tags.news_in(page.locale_id)
    siblings = _others(page)
    newer = list(siblings.after(page).values_list("pk", flat=True)[: tags.NEWEST])
    older = siblings.before(page).values_list("pk", flat=True)[:1]
    if len(newer) < tags.NEWEST:
        yield tags.newest_in(page.locale_id)
    for period in {(page.date or "")[:4], (page.date or "")[:7]}:
        yield tags.news_dated(page.locale_id, period)
    yield from (tags.beside(pk) for pk in (page.pk, *newer[:1], *older))


def _touched_by_topics(page: NewsPage, topics) -> Iterator[str]:
    """Yield the lists of `topics`, and the items that may name `page` as related: the next newer ones of a topic, and where
    there are few older ones the next older."""
    yield tags.related_to(page.pk)
    for topic in topics:
        yield tags.news_of_topic(page.locale_id, topic)
        same = _others(page).filter(topics=topic)
        yield from map(tags.related_to, same.after(page).values_list("pk", flat=True)[:RELATED_SHOWN])
        older = list(same.before(page).values_list("pk", flat=True)[: 2 * RELATED_SHOWN])
        few = (pk for place, pk in enumerate(older[:RELATED_SHOWN], start=1) if len(older) - place < RELATED_SHOWN)
        yield from map(tags.related_to, few)


def _others(page: NewsPage):
    return NewsPage.objects.filter(live=True, locale=page.locale_id).exclude(pk=page.pk)
