"""What of a Word document could not be taken over, or only otherwise than it stood there."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

MAX_PLACES = 5
MAX_LENGTH = 60

#: What is said of each kind of finding, to whoever reads the list.
TEXTS = {
    "changes": _("Tracked changes were taken as if all of them were accepted. Compare with the document."),
    "comments": ngettext_lazy("%(count)d comment was left out.", "%(count)d comments were left out.", "count"),
    "text_boxes": ngettext_lazy(
        "The text of %(count)d text box stands behind the paragraph that it hangs on. Look where it belongs.",
        "The texts of %(count)d text boxes stand behind the paragraphs that they hang on. Look where they belong.",
        "count",
    ),
    "lost_text_boxes": ngettext_lazy(
        "%(count)d text box was left out. Copy its text by hand.",
        "%(count)d text boxes were left out. Copy their text by hand.",
        "count",
    ),
    "formulas": ngettext_lazy(
        "%(count)d formula was left out. Write it as text or insert it as a picture.",
        "%(count)d formulas were left out. Write them as text or insert them as pictures.",
        "count",
    ),
    "drawings": ngettext_lazy(
        "%(count)d chart or diagram was left out. Save it as a picture and insert that.",
        "%(count)d charts or diagrams were left out. Save them as pictures and insert those.",
        "count",
    ),
    "objects": ngettext_lazy(
        "%(count)d embedded object (such as a spreadsheet) was left out. Offer it as a document instead.",
        "%(count)d embedded objects (such as spreadsheets) were left out. Offer them as documents instead.",
        "count",
    ),
    "fields": ngettext_lazy(
        "%(count)d field that Word fills in by itself (a date, a number) was left out.",
        "%(count)d fields that Word fills in by itself (dates, numbers) were left out.",
        "count",
    ),
    "ruby": ngettext_lazy(
        "%(count)d word with its reading above it (ruby) was left out. Write it by hand.",
        "%(count)d words with their reading above them (ruby) were left out. Write them by hand.",
        "count",
    ),
    "symbols": ngettext_lazy(
        "%(count)d sign of a symbol font was left out.", "%(count)d signs of symbol fonts were left out.", "count"
    ),
    "parts": ngettext_lazy(
        "%(count)d part of a kind that the portal does not know was left out.",
        "%(count)d parts of kinds that the portal does not know were left out.",
        "count",
    ),
    "missing_notes": ngettext_lazy(
        "%(count)d note is referred to and not in the document.",
        "%(count)d notes are referred to and not in the document.",
        "count",
    ),
    "linked_pictures": ngettext_lazy(
        "%(count)d picture is not in the document but linked from elsewhere; it was not fetched. Insert it by hand.",
        "%(count)d pictures are not in the document but linked from elsewhere; they were not fetched. Insert them by hand.",
        "count",
    ),
    "refused_pictures": ngettext_lazy("%(count)d picture was not taken.", "%(count)d pictures were not taken.", "count"),
    "surplus_pictures": ngettext_lazy(
        "%(count)d picture more than can be taken at once was left out. Upload it by itself.",
        "%(count)d pictures more than can be taken at once were left out. Upload them by themselves.",
        "count",
    ),
    "no_right_to_upload": _("The pictures were left out: you may not add pictures to the library."),
    "no_alt_text": ngettext_lazy(
        "%(count)d picture has no alt text. Write in the library what it shows.",
        "%(count)d pictures have no alt text. Write in the library what they show.",
        "count",
    ),
    "pictures_in_tables": ngettext_lazy(
        "%(count)d picture stood in a table; it stands behind it.",
        "%(count)d pictures stood in a table; they stand behind it.",
        "count",
    ),
    "links": ngettext_lazy(
        "%(count)d link that leads nowhere on the web was taken as text.",
        "%(count)d links that lead nowhere on the web were taken as text.",
        "count",
    ),
    "links_in_tables": ngettext_lazy(
        "%(count)d link in a table was taken as text.", "%(count)d links in tables were taken as text.", "count"
    ),
    "merged_cells": ngettext_lazy(
        "%(count)d table has merged cells: their text stands in the first one, the others are empty.",
        "%(count)d tables have merged cells: their text stands in the first one, the others are empty.",
        "count",
    ),
    "nested_tables": ngettext_lazy(
        "%(count)d table within a table was taken as text.", "%(count)d tables within tables were taken as text.", "count"
    ),
    "large_tables": ngettext_lazy(
        "%(count)d table is too large for a page and was left out. Offer it as a document instead.",
        "%(count)d tables are too large for a page and were left out. Offer them as documents instead.",
        "count",
    ),
    "styles": _("These styles are not known to the portal; their paragraphs became ordinary text."),
    "struck": _("Text that is struck through was taken as ordinary text. Delete it if it is meant to go."),
    "deep_headings": _("The portal has two levels of headings; all further ones became the second."),
    "heading_numbers": _("Word numbers headings by itself; these numbers were not taken over."),
    "lists": _("Each numbered list begins with 1 here. Look whether one goes on with the numbers of another."),
    "no_title": _("No title was found in the document; the name of the file stands there."),
    "facts": _("These lines were taken from the text into the fields of the page."),
}


@dataclass
class Finding:
    """A kind of TEXTS, how often it was met, and the words that stand there or are concerned."""

    kind: str
    count: int = 0
    places: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return str(TEXTS[self.kind] % {"count": self.count}) if self.count else str(TEXTS[self.kind])


class Findings:
    """The findings on one document, in the order in which they were first met."""

    def __init__(self):
        self._found: dict[str, Finding] = {}

    def add(self, kind: str, place: str = "", count: int = 1) -> None:
        finding = self._found.setdefault(kind, Finding(kind))
        finding.count += count
        place = place.strip()
        place = place if len(place) <= MAX_LENGTH else place[: MAX_LENGTH - 1] + "…"
        if place and place not in finding.places and len(finding.places) < MAX_PLACES:
            finding.places.append(place)

    def __iter__(self) -> Iterator[Finding]:
        return iter(self._found.values())

    def as_json(self) -> list:
        """Return the findings as lists that JSON holds, to be read by from_json."""
        return [[finding.kind, finding.count, finding.places] for finding in self]


def from_json(stored: list) -> list[Finding]:
    return [Finding(kind, count, places) for kind, count, places in stored if kind in TEXTS]
