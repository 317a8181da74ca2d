"""Links that lead readers nowhere, or into the other language."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.models import Page

from core.addresses import public_host
from core.languages import BY_CODE, language_of_path
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
    """Yield links to pages that readers cannot open, and blocks whose record is not public."""
    pages = [mention for mention in mentions(manuscript, Page) if mention.thing is not None]
    public = set(visible(Page.objects.filter(pk__in={mention.thing.pk for mention in pages})).values_list("pk", flat=True))
    for mention in pages:
        if mention.thing.pk not in public and mention.thing.pk != manuscript.item.pk:
            yield Finding(
                mention.passage.place, _("readers cannot open the page “%s” that this leads to") % mention.thing.title
            )
    for mention in _mentions(manuscript, Record):
        if mention.thing is not None and not mention.thing.live:
            yield Finding(mention.passage.place, _("“%s” is not public yet") % mention.thing)


def links_to_the_other_language(manuscript: Manuscript) -> Iterator[Finding]:
    """Yield links from a text in one language to pages of the portal in the other."""
    for mention in mentions(manuscript, Page):
        language = mention.passage.language
        if mention.thing is not None and BY_CODE[mention.thing.locale.language_code] is not language:
            yield Finding(mention.passage.place, _("the page “%s” is in the other language") % mention.thing.title)
    for passage in manuscript.passages:
        for address in [*passage.references, *passage.text.split("\n")]:
            if address.startswith(WEB) and _language_there(address) not in (None, passage.language):
                yield Finding(passage.place, _("this leads to the other language of the portal"), marked=address)


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
