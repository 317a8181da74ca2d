"""Makers of further records and pages, for tests that need many of them or one of a special kind.

What is made is live, stands in both languages, and is as rich in relations as what an editor would make.
"""

import json
from uuid import uuid4

from bases.models import Base, BaseCategory, Evaluation, Province
from core.languages import LANGUAGES
from enquiries.models import Enquiry
from news.models import ConcernedBase, NewsIndexPage, NewsPage, Topic
from programs.models import Figure, FigureValue, Milestone

BODY = json.dumps(
    [
        {"type": "heading", "value": {"text": "背景 Background", "level": "2"}},
        {"type": "paragraph", "value": "<p>正文 A paragraph of text.</p>"},
    ]
)


def make_base(number: int, **values) -> Base:
    """Return a new live base; every second one has evaluations."""
    base = Base(
        **{
            "slug": f"base-{number}",
            "name_zh_hans": f"第{number}基地全称",
            "name_en": f"Full name of base {number}",
            "short_name_zh_hans": f"第{number}基地",
            "short_name_en": f"Base {number}",
            "category": BaseCategory.objects.get(slug="working"),
            "province": Province.objects.get(code="130000"),
            "year": 2000 + number % 25,
            "year_basis": Base.YearBasis.APPROVED,
            "source_zh_hans": "来源",
            "source_en": "A source",
            "live": True,
        }
        | values
    )
    base.save()
    if number % 2:
        for year in (2022, 2023):
            Evaluation.objects.create(
                base=base, year=year, result_zh_hans="合格", result_en="Passed", source_zh_hans="来源", source_en="A source"
            )
    return base


def make_news(number: int, topics=(), bases=(), languages=LANGUAGES, **values) -> list[NewsPage]:
    """Return a new live news item as its pages in `languages`, paired."""
    key, pages = uuid4(), []
    for language in languages:
        index = NewsIndexPage.objects.get(locale__language_code=language.code)
        page = NewsPage(
            **{
                "title": f"{language.name} {number}",
                "slug": f"item-{number}",
                "summary": f"{language.name} {number}.",
                "date": f"{2005 + number % 20}-{1 + number % 12:02d}-{1 + number % 28:02d}",
                "source": "来源 A source",
                "translation_key": key,
                "locale": index.locale,
                "body": BODY,
            }
            | values
        )
        index.add_child(instance=page)
        page.topics = list(topics)
        page.concerned_bases = [ConcernedBase(base=base) for base in bases]
        page.save()
        pages.append(page)
    return pages


def make_topic(slug: str) -> Topic:
    topic = Topic(slug=slug, name_zh_hans=f"话题{slug}", name_en=f"Topic {slug}")
    topic.publish_saved()
    return topic


def make_milestone(number: int, **values) -> Milestone:
    milestone = Milestone(
        **{
            "key": f"milestone-{number}",
            "date": f"{2003 + number % 20}-{1 + number % 12:02d}",
            "text_zh_hans": f"第{number}件大事。",
            "text_en": f"Event {number}.",
            "source_zh_hans": "来源",
            "source_en": "A source",
            "live": True,
        }
        | values
    )
    milestone.save()
    return milestone


def make_figure_value(figure: Figure, number: int, **values) -> FigureValue:
    return FigureValue.objects.create(
        **{
            "figure": figure,
            "value": number,
            "as_of": f"{2000 + number % 25}",
            "source_zh_hans": "来源",
            "source_en": "A source",
        }
        | values
    )


def make_enquiry(**values) -> Enquiry:
    """Return a new enquiry, as the form would keep it."""
    return Enquiry.objects.create(
        **{
            "language": "en",
            "kind": Enquiry.Kind.TAKING_PART,
            "name": "Ada Obi",
            "email": "ada@example.org",
            "country": "Canada",
            "organisation": "University of Toronto",
            "expertise": "materials science",
            "message": "How may I take part?",
            "form_key": uuid4().hex,
        }
        | values
    )
