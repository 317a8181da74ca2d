"""A pair of pages to try the pairs of texts with."""

import json

from editorial.models import Pair
from editorial.pairs import declare, version_of
from news.models import NewsPage
from tests.factories import make_news

BODY = [
    {"type": "heading", "value": {"text": "背景", "level": "2"}, "id": "one"},
    {"type": "paragraph", "value": "<p>来自12个国家的专家参加。仪式在秦皇岛举行。</p>", "id": "two"},
]


def pair_of(page) -> Pair:
    return Pair.objects.get(subject=f"page:{page.translation_key}")


def draft(page, **values) -> None:
    """Save a new version of `page` that is not published."""
    page = type(page).objects.get(pk=page.pk).get_latest_revision_as_object()
    for name, value in values.items():
        setattr(page, name, value)
    page.save_revision()


def declared(pair: Pair, user=None) -> None:
    """Declare `pair` in line as it stands."""
    declare(pair, version_of(pair), user)


def declared_pages() -> tuple[NewsPage, NewsPage]:
    """Return a Chinese item and its English, declared in line."""
    chinese, english = make_news(1, body=json.dumps(BODY))
    declared(pair_of(chinese))
    return chinese, english
