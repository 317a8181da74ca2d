"""Which pages a stranger may read."""

from contextlib import AbstractContextManager

from django.db.models import Exists, OuterRef, Subquery
from django.db.models.functions import Length, Substr
from wagtail.models import Page, PageViewRestriction

from core.dependencies import WHOLE, narrowed

#: The tag of every view restriction: with it any page may come or go.
RESTRICTIONS = PageViewRestriction._meta.db_table


def narrowed_to_public(*tags: str, aspect: str | None = WHOLE) -> AbstractContextManager:
    """Let searches for public pages within depend on `tags` (core.dependencies.narrowed), and on the restrictions."""
    return narrowed(*tags, RESTRICTIONS, aspect=aspect)


def visible(pages):
    """Return those of the queryset `pages` that are live and stand under no view restriction.

    Wagtail's `public()` means the same, but loads all restrictions each time it is asked.
    """
    # Each restriction's path by its key: of a join, SQLite may walk through all pages first, for every page anew.
    private_path = Subquery(Page.objects.filter(pk=OuterRef("page")).values("path"))
    restrictions = PageViewRestriction.objects.alias(private_path=private_path)
    over = restrictions.filter(private_path=Substr(OuterRef("path"), 1, Length("private_path")))
    return pages.filter(~Exists(over), live=True)
