"""Headings that make no outline."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from editorial.checks.manuscripts import Manuscript
from editorial.checks.registry import Finding

TITLE_LEVEL = 1  # that of the page's title


def headings_out_of_order(manuscript: Manuscript) -> Iterator[Finding]:
    """Yield headings that are empty, or more than one level below the heading before them."""
    for field in manuscript.streams():
        above = TITLE_LEVEL
        for number, block in enumerate(manuscript.blocks(field.name), start=1):
            if block["type"] != "heading":
                continue
            text, level = str(block["value"].get("text") or ""), int(block["value"].get("level") or 2)
            place = manuscript.place(field.name, block=block.get("id") or "", number=number, kind="heading")
            if not text.strip():
                yield Finding(place, _("the heading is empty"))
            elif level > above + 1:
                yield Finding(place, _("a subsection stands before any section"), marked=text)
            above = level
