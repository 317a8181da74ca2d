"""Which pages a stranger may read."""

from django.db.models import Exists, OuterRef
from django.db.models.functions import Length, Substr
from wagtail.models import PageViewRestriction


def visible(pages):
    """Return those of the queryset `pages` that are live and stand under no view restriction.

    Wagtail's `public()` means the same, but loads all restrictions each time it is asked.
    """
    restriction = PageViewRestriction.objects.filter(page__path=Substr(OuterRef("path"), 1, Length("page__path")))
    return pages.filter(~Exists(restriction), live=True)
