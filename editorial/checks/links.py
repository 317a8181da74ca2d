"""Links that lead readers nowhere, or into the other language."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.models import Page

from core.addresses import public_host
from core.languages import language_of_path
from core.models import Record
from core.visibility import visible
from editorial.checks.manuscripts import Manuscript
from editorial.checks.references import Mention, mentions
from editorial.checks.registry import Finding

WEB = ("http://", "https://")


def links_to_what_is_gone(manuscript: Manuscript) -> Iterator[Finding]:
    """Yield links to pages and documents that were deleted, and blocks that show a deleted record."""
    messages = {
        Page: _("the page that this leads to was deleted"),
        get_document_model(): _("the document that this leads to was deleted"),
        Record: _("what is shown here was deleted"),
    }
    for kind, message in messages.items():
        for mention in _mentions(manuscript, kind):
            if mention.thing is None:
                yield Finding(mention.passage.place, message)


def links_to_drafts(manuscript: Manuscript) -> Iterator[Finding]:
    """Yield links to pages that readers cannot open, and blocks whose record is not public.

    None is named: who reads this may not know of it.
    """
    for mention, is_public in _pages(manuscript):
        if not is_public and mention.thing.pk != manuscript.item.pk:
            yield Finding(mention.passage.place, _("readers cannot open the page that this leads to"))
    for mention in _mentions(manuscript, Record):
        if mention.thing is not None and not mention.thing.live:
            yield Finding(mention.passage.place, _("what is shown here is not public yet"))


def links_to_the_other_language(manuscript: Manuscript) -> Iterator[Finding]:
    """Yield links from a text in one language to public pages of the portal in the other."""
    for mention, is_public in _pages(manuscript):
        if is_public and mention.thing.locale_id != manuscript.item.locale_id:
            yield Finding(mention.passage.place, _("the page “%s” is in the other language") % mention.thing.title)
    for passage in manuscript.passages:
        for address in [*passage.references, *passage.text.split("\n")]:
            if address.startswith(WEB) and _language_there(address) not in (None, passage.language):
                yield Finding(passage.place, _("this leads to the other language of the portal"), marked=address)


def _pages(manuscript: Manuscript) -> Iterator[tuple[Mention, bool]]:
    """Yield the mentions of pages that exist, each with whether readers can open the page. Records mention none."""
    found = [mention for mention in mentions(manuscript, Page) if mention.thing is not None]
    numbers = {mention.thing.pk for mention in found}
    public = set(visible(Page.objects.filter(pk__in=numbers)).values_list("pk", flat=True)) if numbers else set()
    return ((mention, mention.thing.pk in public) for mention in found)


def _mentions(manuscript: Manuscript, kind) -> list[Mention]:
    """Return the mentions of `kind`; of an abstract one those of every model of it."""
    if not kind._meta.abstract:
        return mentions(manuscript, kind)
    return [mention for model in kind.__subclasses__() for mention in mentions(manuscript, model)]


def _language_there(address: str):
    """Return the language that `address` leads to within the portal, None for another host."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return language_of_path(parts.path) if parts.netloc == public_host() else None
