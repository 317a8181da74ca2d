"""Keeping the lists of news in step with what is public: on each save, move and deletion, and when topics or privacy change.

What changes pages past Django's signals calls `relist` itself.
"""

from collections import Counter
from collections.abc import Iterable

from django.db import connection, transaction
from django.db.models import Case, F, IntegerField, When
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import post_page_move

from core.visibility import visible
from news.models import Listing, ListingCount, NewsPage, Topic

CHUNK = 500
LISTED = frozenset({"live", "date", "locale"})  # the fields of a page that its listings follow from
PERIOD = len("2023-03")
LOCK = 0x4E455753  # PostgreSQL's advisory lock of the counts: "NEWS"


def connect() -> None:
    post_save.connect(on_saved)
    m2m_changed.connect(on_topics_changed, sender=NewsPage.topics.through)
    post_delete.connect(on_listing_deleted, sender=Listing)
    pre_delete.connect(on_topic_deleted, sender=Topic)
    post_page_move.connect(on_moved)
    post_save.connect(on_restricted, sender=PageViewRestriction)
    post_delete.connect(on_restriction_deleted, sender=PageViewRestriction)


def on_saved(sender, instance, raw, update_fields=None, **kwargs) -> None:
    if sender in (Page, NewsPage) and not raw and (update_fields is None or LISTED & set(update_fields)):
        relist([instance.pk])


def on_topics_changed(sender, instance, action, reverse, pk_set, **kwargs) -> None:
    """Follow the topics of a page, which are written after it is saved."""
    if action == "pre_clear" and reverse:
        instance.cleared_news = list(instance.news_pages.order_by().values_list("pk", flat=True))
    if action.startswith("post_"):
        relist((pk_set or instance.cleared_news) if reverse else [instance.pk])


def on_moved(sender, instance, **kwargs) -> None:
    _relist_below(instance)


def on_restricted(sender, instance, raw, **kwargs) -> None:
    if not raw:
        _relist_below(instance.page)


def on_restriction_deleted(sender, instance, origin, **kwargs) -> None:
    """Follow the end of a restriction; one that goes with its page opens nothing."""
    if issubclass(getattr(origin, "model", type(origin)), PageViewRestriction):
        _relist_below(instance.page)


@transaction.atomic
def on_listing_deleted(sender, instance, **kwargs) -> None:
    """Count what went with its page."""
    _count({(instance.locale_id, instance.topic_id, instance.date[:PERIOD]): -1})


def on_topic_deleted(sender, instance, **kwargs) -> None:
    """Take the list of a topic away as a whole: row by row each would be counted."""
    Listing.objects.filter(topic=instance)._raw_delete(kwargs["using"])


def _relist_below(page) -> None:
    keys = list(NewsPage.objects.descendant_of(page, inclusive=True).order_by().values_list("pk", flat=True))
    for start in range(0, len(keys), CHUNK):
        relist(keys[start : start + CHUNK])


@transaction.atomic
def relist(keys: Iterable[int]) -> None:
    """Bring the listings of the news pages with `keys`, and the counts of their lists, in step with what is public."""
    keys = list(Page.objects.select_for_update().filter(pk__in=keys).order_by("pk").values_list("pk", flat=True))
    wanted = set(_listings_of(keys))
    found = {
        (listing.page_id, listing.locale_id, listing.topic_id, listing.date): listing.pk
        for listing in Listing.objects.filter(page__in=keys)
    }
    gone, new = found.keys() - wanted, wanted - found.keys()
    if gone:
        rows = Listing.objects.filter(pk__in=[found[row] for row in gone])
        rows._raw_delete(rows.db)
    Listing.objects.bulk_create(
        Listing(page_id=page, locale_id=locale, topic_id=topic, date=date) for page, locale, topic, date in sorted(new, key=str)
    )
    changed = Counter()
    for rows, step in ((gone, -1), (new, 1)):
        for _page, locale, topic, date in rows:
            changed[locale, topic, date[:PERIOD]] += step
    _count(changed)


def _listings_of(keys: list[int]):
    """Yield the listings that the pages with `keys` should have: page, locale, topic (None for everything) and date."""
    public = {
        page: (locale, date or "")
        for page, locale, date in visible(NewsPage.objects.filter(pk__in=keys)).values_list("pk", "locale", "date")
    }
    for page, (locale, date) in public.items():
        yield page, locale, None, date
    topics = NewsPage.topics.through.objects.filter(newspage__in=public)
    for page, topic in topics.values_list("newspage", "topic"):
        yield page, public[page][0], topic, public[page][1]


def _count(changed: dict[tuple, int]) -> None:
    """Add each step of `changed` to the count of its language, topic and period."""
    steps = {key: step for key, step in changed.items() if step}
    if not steps:
        return
    _wait_for_turn()
    counts = ListingCount.objects.filter(period__in={period for _locale, _topic, period in steps})
    rows = counts.values_list("locale", "topic", "period", "pk")
    known = {(locale, topic, period): pk for locale, topic, period, pk in rows}
    added = {known[key]: step for key, step in steps.items() if key in known}
    if added:
        whens = [When(pk=pk, then=step) for pk, step in added.items()]
        ListingCount.objects.filter(pk__in=added).update(number=F("number") + Case(*whens, output_field=IntegerField()))
    ListingCount.objects.bulk_create(
        ListingCount(locale_id=locale, topic_id=topic, period=period, number=step)
        for (locale, topic, period), step in steps.items()
        if (locale, topic, period) not in known
    )


def _wait_for_turn() -> None:
    """Let one transaction after the other change counts, each until it ends: in SQLite one alone writes anyway.

    Both languages of a pair are counted one after the other, either first, in counts that other pairs share: with a lock of
    each count, two publications would wait for each other.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
