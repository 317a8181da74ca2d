"""Side by side (中英对照): a page and its counterpart, passage against passage."""

from collections.abc import Iterable
from dataclasses import dataclass

from bs4 import BeautifulSoup
from django.template.response import TemplateResponse
from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from wagtail.rich_text import RichText

from core.alignment import Block, Tie, aligned, ties_between
from core.navigation import Crumb
from core.pairing import alternates_below, language_of
from core.structure import own_type, structure_of, whole

ROUTE = "side-by-side/"
TEXT = "paragraph"


@dataclass(frozen=True)
class Passage:
    """A block of the body, or one element of a block of text. `block` is the block's id."""

    kind: str
    html: SafeString
    block: str = ""


def is_article(page) -> bool:
    """Return whether `page` has a body that can stand beside another."""
    return hasattr(page, "body")


def side_by_side_response(page, request) -> TemplateResponse:
    """Return the page that shows `page` beside its counterpart; it is not indexed, for its text stands elsewhere."""
    counterpart = whole(own_type(structure_of(request).counterpart(page)))
    pages = (page, counterpart)
    context = page.get_context(request)
    alternates = alternates_below(page, request, ROUTE)
    own_path = next(entry.path for entry in alternates if entry.language is language_of(page))
    context |= {
        "pages": [(entry, language_of(entry)) for entry in pages],
        "rows": rows_of(*(passages_of(entry, request) for entry in pages), ties_between(*pages)),
        "alternates": alternates,
        "breadcrumb": [*context["breadcrumb"], Crumb(gettext("Side by side"), own_path)],
        "head_title": gettext("%(title)s – side by side") % {"title": page.title},
        "noindex": True,
    }
    return TemplateResponse(request, "pages/side_by_side.html", context, headers={"X-Robots-Tag": "noindex"})


def passages_of(page, request) -> list[Passage]:
    """Return the body of `page` as passages, set in its own language."""
    with translation.override(language_of(page).code):
        return [passage for block in page.body for passage in _passages(block, {"request": request, "without_anchor": True})]


def _passages(block, context: dict) -> list[Passage]:
    if block.block_type != TEXT:
        return [Passage(block.block_type, block.render(context), block.id or "")]
    elements = BeautifulSoup(block.value.source, "html.parser").find_all(recursive=False)
    return [Passage(element.name, block.block.render(RichText(str(element)), context), block.id or "") for element in elements]


def rows_of(own: list[Passage], other: list[Passage], ties: Iterable[Tie] = ()) -> list[tuple[Passage | None, Passage | None]]:
    """Return the passages in rows, each beside the one that answers it; None where a language has nothing there."""
    blocks = [[Block(passage.block, passage.kind) for passage in passages] for passages in (own, other)]
    return [
        (None if match.own is None else own[match.own], None if match.other is None else other[match.other])
        for match in aligned(*blocks, ties)
    ]
