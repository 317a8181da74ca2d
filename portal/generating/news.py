"""Generated news: pages of both trees, written straight into their tables."""

import datetime
import json
import random
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from modelcluster.models import get_all_child_relations
from wagtail.models import Page

from bases.models import Base
from core.languages import CHINESE, Language
from core.pairing import language_of
from news.models import ConcernedBase, NewsIndexPage, NewsPage, Topic
from portal.generating.bodies import body, plan
from portal.generating.in_step import follow
from portal.generating.marks import SLUG, SOURCE, marked, next_number

BATCH = 250  # items that are written together, whole or not at all
TRANSLATED = 0.7  # share of items that have an English page
FIRST_DAY, LAST_DAY = datetime.date(2004, 2, 1), datetime.date(2026, 6, 30)
PRECISIONS = {10: 0.9, 7: 0.07, 4: 0.03}  # characters of a partial date, with the share of items dated so


def make_news(number: int, chance: random.Random, words: dict, *, indexed: bool = True) -> None:
    """Add `number` live items below the news lists of both languages; `indexed` ones are found by search at once."""
    lists = {language_of(index): index for index in NewsIndexPage.objects.select_related("locale")}
    topics, bases = list(Topic.objects.live()), list(Base.objects.live().only("pk"))
    first = next_number(NewsPage)
    for start in range(first, first + number, BATCH):
        pages = []
        for place in range(start, min(start + BATCH, first + number)):
            pages += _item(place, chance, words, lists, topics, bases)
        with transaction.atomic():
            for index in lists.values():
                _place([page for page in pages if page.locale == index.locale], index)
            insert(pages)
            follow(pages, indexed=indexed)


def _item(number: int, chance: random.Random, words: dict, lists: dict, topics: list, bases: list) -> list[NewsPage]:
    """Return the unsaved pages of an item: a Chinese one, for most an English one too."""
    languages = [language for language in lists if language is CHINESE or chance.random() < TRANSLATED]
    day = FIRST_DAY + datetime.timedelta(days=chance.randrange((LAST_DAY - FIRST_DAY).days))
    precision = chance.choices(list(PRECISIONS), weights=PRECISIONS.values())[0]
    shared = {
        "slug": f"{SLUG}{number}",
        "translation_key": UUID(int=chance.getrandbits(128), version=4),
        "date": day.isoformat()[:precision],
        "first_published_at": timezone.make_aware(datetime.datetime.combine(day, datetime.time(9))),
    }
    shared["last_published_at"] = shared["first_published_at"]
    about = chance.sample(topics, k=min(len(topics), chance.choice((1, 1, 2))))
    concerned = chance.sample(bases, k=min(len(bases), chance.choice((0, 1, 1, 2))))
    planned = plan(chance)
    return [_page(lists[language], language, words[language], planned, shared, about, concerned) for language in languages]


def _page(index, language: Language, words, planned, shared: dict, topics: list, bases: list) -> NewsPage:
    own = words.of_a_page()
    title = marked(words.phrase(own, 6), language)[:200]
    page = NewsPage(
        title=title,
        draft_title=title,
        locale=index.locale,
        url_path=f"{index.url_path}{shared['slug']}/",
        live=True,
        summary=words.sentence(own)[:400],
        source=SOURCE,
        body=json.dumps(body(planned, words, own)),
        **shared,
    )
    for relation in get_all_child_relations(NewsPage):  # known to be empty: asking the database takes a query for each
        setattr(page, relation.get_accessor_name(), [])
    page.topics = topics
    page.concerned_bases = [ConcernedBase(base=base, sort_order=place) for place, base in enumerate(bases)]
    return page


def _place(pages: list[NewsPage], index) -> None:
    """Give each of `pages` its place in the tree as the last child of `index`, and count them there."""
    last = index.get_last_child()
    step = last._str2int(last.path[-last.steplen :]) if last else 0
    for number, page in enumerate(pages, step + 1):
        page.depth, page.path = index.depth + 1, index._get_path(index.path, index.depth + 1, number)
    Page.objects.filter(pk=index.pk).update(numchild=F("numchild") + len(pages))


def insert(pages: list[NewsPage]) -> None:
    """Insert pages with their parents' rows and relations: bulk_create does not reach models that inherit."""
    content_type = ContentType.objects.get_for_model(NewsPage)
    columns = [field.attname for field in Page._meta.concrete_fields]
    for page in pages:
        page.content_type = content_type
    parents = Page.objects.bulk_create([Page(**{name: getattr(page, name) for name in columns}) for page in pages])
    for page, parent in zip(pages, parents, strict=True):
        page.page_ptr_id = page.pk = parent.pk
    NewsPage._base_manager._insert(pages, fields=NewsPage._meta.local_concrete_fields, using=parents[0]._state.db)
    links = NewsPage.topics.through
    links.objects.bulk_create([links(newspage_id=page.pk, topic=topic) for page in pages for topic in page.topics.all()])
    concerned = [link for page in pages for link in page.concerned_bases.all()]
    for page in pages:
        for link in page.concerned_bases.all():
            link.page = page
    ConcernedBase.objects.bulk_create(concerned)
