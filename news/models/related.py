"""What a reader of a news item may want to read next."""

from core.visibility import narrowed_to_public
from news import tags

RELATED_SHOWN = 4


def related_news(page, siblings, topics) -> list:
    """Return the items of `siblings` that share one of `topics` with `page`, newest first: the nearest older ones, and where
    these are few the nearest newer ones. So a new item stands on the pages of few others, and every item keeps its own."""
    if not topics:
        return []
    with narrowed_to_public(tags.related_to(page.pk), aspect="link"):
        same = siblings.filter(topics__in=topics).distinct()
        older = list(same.before(page)[:RELATED_SHOWN])
        missing = RELATED_SHOWN - len(older)
        newer = list(same.after(page)[:missing]) if missing else []
    return [*reversed(newer), *older]


def neighbours(page, siblings) -> tuple:
    """Return the items of `siblings` right before and right after `page`, None where there is none."""
    with narrowed_to_public(tags.beside(page.pk), aspect="link"):
        return siblings.before(page).first(), siblings.after(page).first()
