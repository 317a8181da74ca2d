"""The kept lists of news: in step with what is public, whatever happens, and served by an index in their order."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Locale, Page, PageViewRestriction

from core.languages import ENGLISH
from core.models.page import below
from core.visibility import visible
from news import listing
from news.listing import relist
from news.lists import NewsList
from news.models import Listing, ListingCount, NewsIndexPage, NewsPage, Topic
from news.selection import Selection
from tests.factories import make_news
from tests.plans import plan_of
from tests.signing_in import client_of

pytestmark = pytest.mark.usefixtures("portal")


def assert_in_step() -> None:
    """Compare every list, and its counts, with what the tables of pages say."""
    wanted = set()
    for page in visible(NewsPage.objects.all()):
        topics = NewsPage.topics.through.objects.filter(newspage=page).values_list("topic", flat=True)
        wanted |= {(page.pk, page.locale_id, topic, page.date or "") for topic in (None, *topics)}
    found = list(Listing.objects.values_list("page", "locale", "topic", "date"))
    assert (len(found), set(found)) == (len(wanted), wanted)
    counted = {
        (locale, topic, period): number
        for locale, topic, period, number in ListingCount.objects.filled().values_list("locale", "topic", "period", "number")
    }
    assert counted == Counter((locale, topic, date[:7]) for _page, locale, topic, date in found)


def chinese():
    return NewsPage.objects.live().filter(locale__language_code="zh-hans")


def publish_and_take_down() -> None:
    page = make_news(1, Topic.objects.all()[:2])[0]
    draft = page.save_revision()
    draft.publish()
    page = NewsPage.objects.get(pk=page.pk)
    page.date, page.title = "1999-01", "别的"
    revision = page.save_revision()
    assert_in_step()
    revision.publish()
    assert_in_step()
    Page.objects.get(pk=page.pk).unpublish()


def change_topics() -> None:
    page = chinese().first()
    page.topics = list(Topic.objects.all()[2:5])
    page.save_revision().publish()
    assert_in_step()
    topic = Topic.objects.first()
    topic.news_pages.add(chinese().exclude(topics=topic).first())
    assert_in_step()
    topic.news_pages.clear()


def restrict_and_open() -> None:
    for page in (chinese().first(), NewsIndexPage.objects.first(), Page.objects.get(depth=2, locale__language_code="en")):
        restriction = PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
        assert_in_step()
        assert not Listing.objects.filter(page__path__startswith=page.path)
        restriction.delete()
        assert_in_step()


def delete_private_page() -> None:
    page = chinese().first()
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    Page.objects.get(pk=page.pk).delete()


def delete_topic() -> None:
    Topic.objects.get(slug="base").delete()


def delete_list() -> None:
    NewsIndexPage.objects.get(locale__language_code="en").delete()


def move_below_private_page() -> None:
    index = NewsIndexPage.objects.get(locale__language_code="zh-hans")
    private = Page.objects.get(url_path="/zh/about/")
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    index.move(Page.objects.get(pk=private.pk), pos="last-child")
    assert_in_step()
    assert NewsList(index.locale_id).count() == 0
    NewsIndexPage.objects.get(pk=index.pk).move(Page.objects.get(depth=2, locale=index.locale_id), pos="last-child")


def translate() -> None:
    untranslated = chinese().exclude(
        translation_key__in=NewsPage.objects.filter(locale__language_code="en").values("translation_key")
    )
    untranslated.first().copy_for_translation(Locale.objects.get(language_code="en")).save_revision().publish()


@pytest.mark.parametrize(
    "change",
    [
        publish_and_take_down,
        change_topics,
        restrict_and_open,
        delete_private_page,
        delete_topic,
        delete_list,
        move_below_private_page,
        translate,
    ],
    ids=lambda change: change.__name__,
)
def test_the_lists_follow_every_change(change):
    assert_in_step()
    change()
    assert_in_step()


def test_what_is_listed_already_is_not_written_again(django_assert_max_num_queries):
    keys = list(chinese().values_list("pk", flat=True))
    before = list(Listing.objects.order_by("pk").values())
    with django_assert_max_num_queries(4 + 2):  # and the savepoint
        relist(keys)
    assert list(Listing.objects.order_by("pk").values()) == before


def test_every_list_is_read_from_an_index_in_its_order():
    locale, topic = Locale.objects.get(language_code="en").pk, Topic.objects.first()
    for rows in (Listing.objects.of(locale), Listing.objects.of(locale, topic)):
        parts = [rows.newest_first(), rows.before("2023-03", 7), rows.after("2023-03", 7)]
        parts += [Selection(year=2023, month=month).of(rows).newest_first() for month in (None, 3, 12)]
        for part in parts:
            plan = plan_of(part.values("page")[:12])
            assert "news_of_" in plan, plan
            assert "sort" not in plan.lower(), plan
            assert "TEMP B-TREE" not in plan, plan


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="elsewhere one transaction alone writes")
def test_two_pairs_are_counted_at_once_whichever_language_comes_first():
    """In a month of its own, whose counts both begin, and in the order of the languages and against it."""
    locales, both_have_counted = list(Locale.objects.values_list("pk", flat=True)), Barrier(2)

    def publish(order: list[int]) -> None:
        try:
            with transaction.atomic():
                listing._count({(order[0], None, "1999-12"): 1})
                with suppress(BrokenBarrierError):  # the other one waits for its turn
                    both_have_counted.wait(0.5)
                listing._count({(order[1], None, "1999-12"): 1})
                transaction.set_rollback(True)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        done = list(threads.map(publish, (locales, locales[::-1])))

    assert done == [None, None]


def test_the_explorer_lists_what_was_added_last_first_and_counts_nothing(admin_client, staff, contexts):
    index = NewsIndexPage.objects.get(locale__language_code="zh-hans")
    added = [make_news(number)[0] for number in range(2)]
    address = reverse("wagtailadmin_explore", args=[index.pk])

    for client in (admin_client, client_of(staff("writer"))):
        with CaptureQueriesContext(connection) as captured:
            listed = client.get(address).context
        assert [page.pk for page in listed["pages"]][:2] == [page.pk for page in reversed(added)]
        assert listed["paginator"].count == NewsPage.objects.child_of(index).count()
        assert not [
            query["sql"] for query in captured if "COUNT(*)" in query["sql"] and 'wagtailcore_page"."path"' in query["sql"]
        ]
    oldest = admin_client.get(address, {"ordering": "title"}).context["pages"]
    assert [page.title for page in oldest] == sorted(page.title for page in oldest)


def test_a_list_is_explored_through_the_index_on_paths():
    index = NewsIndexPage.objects.first()
    plan = plan_of(index.get_children().order_by("-path").values("pk")[:50])
    assert "TEMP B-TREE" not in plan, plan
    assert "sort" not in plan.lower(), plan


def test_the_explorer_asks_no_more_of_many_items_than_of_few(staff):
    translator, index = staff("translator"), NewsIndexPage.objects.get(locale__language_code=ENGLISH.code)
    client, address = client_of(translator), reverse("wagtailadmin_explore", args=[index.pk])

    def asked() -> int:
        numbers = []
        for _number in range(2):
            with CaptureQueriesContext(connection) as captured:
                answer = client.get(address).content.decode()
            numbers.append(len(captured))
        assert reverse("wagtailadmin_pages:delete", args=[draft.pk]) in answer
        return min(numbers)

    (draft,) = make_news(1, languages=[ENGLISH], live=False, owner=translator)
    before = asked()
    for number in range(2, 8):
        make_news(number, languages=[ENGLISH], live=number % 3 == 0, owner=translator if number % 2 else None)
    assert asked() == before


def test_the_page_of_a_slug_is_found_by_it():
    plan = plan_of(below(NewsIndexPage.objects.first(), NewsPage, "item-1"))
    assert "wagtailcore_page_slug" in plan, plan


def test_a_search_from_a_list_may_be_widened_to_all_pages(admin_client, contexts):
    index = NewsIndexPage.objects.get(locale__language_code="zh-hans")
    address = reverse("wagtailadmin_explore_results", args=[index.pk])

    everywhere = admin_client.get(address, {"q": "隐私", "search_all": "1"}).context["pages"]
    here = admin_client.get(address, {"q": "隐私"}).context["pages"]

    assert len(everywhere) > len(here)
