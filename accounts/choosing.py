"""Which pages the choosers of the admin may name to whom: the public ones, and the drafts one works on."""

import re

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page
from wagtail.permissions import policy_registry

from core.malformed import MalformedInput

_ID = re.compile(r"[0-9]{1,18}", re.ASCII)


def choosable(pages, user):
    """Return those of the queryset `pages` that are public or that `user` may add to, change or publish."""
    own = policy_registry.get_by_type(Page).instances_user_has_any_permission_for(user, {"add", "change", "publish"})
    return pages.filter(Q(live=True) | Q(pk__in=own.values("pk")))


def may_choose(user, page_ids: list[str]) -> bool:
    """Return whether `user` may choose every existing page of `page_ids`, ids as a browser sent them."""
    pages = Page.objects.filter(pk__in=[page_id for page_id in page_ids if _ID.fullmatch(page_id)])
    return pages.count() == choosable(pages, user).count()


def chosen_in_list(parameters) -> list[str]:
    """Return the ids of the pages that a bulk action is asked for: those named, or for "all" every page of the list.

    Raises MalformedInput for what is no id.
    """
    named = parameters.getlist("id")
    if "all" not in named:
        if not all(_ID.fullmatch(page_id) for page_id in named):
            raise MalformedInput(_("A value in it is not of the kind that is expected there."))
        return named
    above = parameters.get("childOf", "")
    parent = Page.objects.filter(pk=above).first() if _ID.fullmatch(above) else None
    listed = Page.objects.all()
    if parent is not None:
        listed = parent.get_descendants() if parameters.get("q") else parent.get_children()
    return [str(page_id) for page_id in listed.values_list("pk", flat=True)]
