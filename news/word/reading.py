"""A checked Word document as HTML of few elements, with its title and what it states of itself apart."""

import io
import logging
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import mammoth
from mammoth import documents, html

from core.uploads.problems import lying
from news.word.arranging import HEADINGS, PICTURE_CAPTION, QUOTE, TABLE_CAPTION, Arranged, arranged
from news.word.findings import Findings

DEEPEST_LIST = 5


def _list_styles() -> Iterator[str]:
    for kind, element in (("ordered", "ol"), ("unordered", "ul")):
        for level in range(1, DEEPEST_LIST + 1):
            yield f"p:{kind}-list({level}) => {'ul|ol > li > ' * (level - 1)}{element} > li:fresh"


# Mammoth asks line after line for each paragraph and run, so that its own eighty take most of the time; these are enough.
STYLE_MAP = "\n".join(
    (
        f"p[style-name='{HEADINGS[0]}'] => h2:fresh",
        f"p[style-name='{HEADINGS[1]}'] => h3:fresh",
        f"p[style-name='{PICTURE_CAPTION}'] => p.of-picture:fresh",
        f"p[style-name='{TABLE_CAPTION}'] => p.of-table:fresh",
        f"p[style-name='{QUOTE}'] => blockquote > p:fresh",
        *_list_styles(),
        "r[style-name='Strong'] => strong",
    )
)
# Mammoth tells of each part that it has no reader for; news.word.leftovers tells of these, the others say nothing.
_IGNORED = re.compile(r"An unrecognised element was ignored: (.+)")
_TOLD_ELSEWHERE = re.compile(
    r"\{.*(?:math|chart|diagram).*|w:(?:fldSimple|ruby|altChunk|permStart|permEnd|ptab|pgNum|dayShort|dayLong|monthShort"
    r"|yearShort|separator|continuationSeparator|bidi|tblPrEx)|\{.*(?:vml|office:office|word).*|v:.*|office-word:.*"
)

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class WordText:
    """`facts` are fields of the page by their names; `html` is what mammoth makes of the rest."""

    title: str
    facts: dict[str, str]
    html: str


def read(package: io.BytesIO, take_picture: Callable[[documents.Image], str | None], findings: Findings) -> WordText:
    """Return the text of a checked package; raise ValidationError when it cannot be read.

    `take_picture` returns what stands as the `src` of a picture, None for one that is left out.
    """
    found: list[Arranged] = []

    def arrange(document: documents.Document) -> documents.Document:
        _drop_missing_notes(document, findings)
        found.append(arranged(document, findings))
        return found[0].document

    def picture(image: documents.Image) -> list:
        source = take_picture(image)
        return [html.element("img", {"src": source, "alt": image.alt_text or ""})] if source is not None else []

    try:
        result = mammoth.convert_to_html(
            package,
            transform_document=arrange,
            style_map=STYLE_MAP,
            convert_image=picture,
            include_default_style_map=False,
            include_embedded_style_map=False,
            external_file_access=False,
        )
    # Mammoth takes the document for what Word writes: with anything else it fails wherever that leads.
    except Exception as error:
        logger.warning("A Word document could not be read: %r", error)
        raise lying("docx") from error
    for message in result.messages:
        _tell(message.message, findings)
    return WordText(found[0].title, found[0].facts, result.value)


def _drop_missing_notes(document: documents.Document, findings: Findings) -> None:
    """Take the references to notes that are not there out of `document`; mammoth would fail at them."""

    def walk(element) -> None:
        children = getattr(element, "children", None)
        if not children:
            return
        kept = []
        for child in children:
            if isinstance(child, documents.NoteReference) and not _has_note(document, child):
                findings.add("missing_notes")
            else:
                walk(child)
                kept.append(child)
        element.children = kept

    walk(document)


def _has_note(document: documents.Document, reference: documents.NoteReference) -> bool:
    try:
        document.notes.resolve(reference)
    except KeyError:
        return False
    return True


def _tell(message: str, findings: Findings) -> None:
    if "w:sym" in message:
        findings.add("symbols")
    elif (ignored := _IGNORED.match(message)) and not _TOLD_ELSEWHERE.fullmatch(ignored[1]):
        findings.add("parts", ignored[1].rpartition("}")[2])
