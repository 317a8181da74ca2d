"""From the HTML of a Word document to the blocks of a body."""

import re
from html import escape
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag
from django.utils.translation import gettext as _

from core.blanks import one_line, tidy
from core.links import LINK_SCHEMES, safe_link
from news.word.findings import Findings
from news.word.lines import joined
from news.word.tables import table_value

MAX_HEADING, MAX_CAPTION = 120, 255
_KEPT = {"p", "ul", "ol", "li", "b", "sub", "sup", "a", "br", "h2", "h3", "blockquote", "table", "tr", "td", "th", "img"}
_ATTRIBUTION = re.compile(r"\s*(?:—+|――|--|–)\s*(\S.*)")


def body_of(html: str, findings: Findings) -> list[dict]:
    """Return the blocks, as a stream field stores them, that say what `html` says; the image of a figure is the `src` of its
    picture. The notes' heading is in the active language."""
    soup = BeautifulSoup(html, "html.parser")
    notes = _taken_notes(soup)
    _simplify(soup, findings)
    builder = _Builder(findings)
    for element in list(soup.children):
        if isinstance(element, Tag):
            builder.take(element)
        elif element.strip():
            builder.text.append(f"<p>{escape(element)}</p>")
    if len(soup.find_all("ol", recursive=False)) > 1:
        findings.add("lists")
    if notes is not None:
        _simplify(notes, findings)
        builder.heading(_("Notes"), "2")
        builder.take(notes)
    return builder.finished()


def _taken_notes(soup):
    """Take the list of notes out of `soup` and return it, None where there are none."""
    first = soup.find("li", id=re.compile("^(?:foot|end)note-"))
    if first is None:
        return None
    notes = first.parent.extract()
    for note in notes.find_all("li", recursive=False):
        note.attrs = {}
        for block in note.find_all(["table", "thead", "tbody", "tr", "td", "th", "blockquote", "h2", "h3", "ul", "ol", "li"]):
            block.unwrap()
        for back in note.find_all("a", href=re.compile("^#(?:foot|end)note-ref-")):
            back.decompose()
        for paragraph in note.find_all("p")[1:]:
            paragraph.insert_before(soup.new_tag("br"))
        for paragraph in note.find_all("p"):
            paragraph.unwrap()
    return notes


def _simplify(soup, findings: Findings) -> None:
    """Leave in parsed HTML the elements that the body knows, without attributes, and links that lead somewhere."""
    for struck in soup.find_all("s"):
        findings.add("struck", struck.get_text())
    for box in soup.find_all("input"):
        box.replace_with("☑" if box.get("checked") else "☐")
    for element in soup.find_all(True):
        if element.name in {"strong", "b"}:
            element.name = "b"
        if element.name == "a":
            _keep_safe(element, findings)
        elif element.name not in _KEPT:
            element.unwrap()
    for heading in soup.find_all(["h2", "h3"]):
        for inner in heading.find_all(["b", "a"]):
            inner.unwrap()
    soup.smooth()


def _keep_safe(link, findings: Findings) -> None:
    address = safe_link(link.get("href"))
    within = not address or address.startswith("#")  # bookmarks, contents and notes of the document itself
    try:
        leads = not within and urlsplit(address).scheme.lower() in LINK_SCHEMES
    except ValueError:
        leads = False
    if leads and (link.get_text().strip() or link.find("img")):
        link.attrs = {"href": address}
        return
    if link.get("href") and not address.startswith("#"):
        findings.add("links", link.get_text())
    link.unwrap()


class _Builder:
    """Takes one element after the other; text that follows on text goes into one block."""

    def __init__(self, findings: Findings):
        self.findings = findings
        self.blocks: list[dict] = []
        self.text: list[str] = []
        self.caption: Tag | None = None  # of the table that follows

    def take(self, element: Tag) -> None:
        kind = element.get("class") or [""]
        if kind == ["of-table"]:
            self.caption = element  # the table is the next element
            return
        pictures = element.find_all("img")
        if element.name == "table":
            self._take_table(element, pictures)
        elif kind == ["of-picture"] and self._captions(element):
            return
        elif element.name == "p" and pictures:
            self._take_mixed(element)
        else:
            for picture in pictures:
                picture.extract()
            self._take_text(element)
            for picture in pictures:
                self._figure(picture)

    def _take_text(self, element: Tag) -> None:
        words = one_line(joined(element.get_text()))
        if not words:
            return
        if element.name in {"h2", "h3"}:
            if len(words) <= MAX_HEADING:
                self.heading(words, element.name[1])
            else:
                element.name = "p"
                self.text.append(f"<p><b>{element.decode_contents()}</b></p>")
        elif element.name == "blockquote":
            self._quote(element)
        elif element.name in {"p", "ul", "ol"}:
            element.attrs = {}
            self.text.append(str(element))
        else:
            self.text.append(f"<p>{element}</p>")

    def _take_mixed(self, paragraph: Tag) -> None:
        """Take a paragraph in whose run of words pictures stand: each goes between the words before and after it."""
        while (picture := paragraph.find("img")) is not None:
            before = BeautifulSoup("", "html.parser").new_tag("p")
            outermost = picture
            while outermost.parent is not paragraph:
                outermost = outermost.parent
            for sibling in reversed(list(outermost.previous_siblings)):
                before.append(sibling.extract())
            self._take_text(before)
            self._figure(picture.extract())
            if (
                not outermost.decomposed
                and outermost is not picture
                and not outermost.get_text().strip()
                and not outermost.find("img")
            ):
                outermost.decompose()
        self._take_text(paragraph)

    def _figure(self, picture: Tag) -> None:
        self._flush()
        self.blocks.append({"type": "figure", "value": {"image": picture["src"], "caption": ""}})

    def _captions(self, element: Tag) -> bool:
        """Return whether `element` could be set as the caption of the picture before it, and do so."""
        words = one_line(joined(element.get_text()))
        last = self.blocks[-1] if self.blocks and not self.text else {"type": ""}
        if last["type"] != "figure" or last["value"]["caption"] or len(words) > MAX_CAPTION:
            return False
        last["value"]["caption"] = words
        return True

    def _take_table(self, table: Tag, pictures: list[Tag]) -> None:
        caption = one_line(joined(self.caption.get_text())) if self.caption is not None else ""
        self.caption = None
        if len(caption) > MAX_CAPTION:
            self.text.append(f"<p>{escape(caption)}</p>")
            caption = ""
        for picture in pictures:
            picture.extract()
        value = table_value(table, caption, self.findings)
        self._flush()
        if value:
            self.blocks.append({"type": "table", "value": value})
        if pictures:
            self.findings.add("pictures_in_tables", count=len(pictures))
        for picture in pictures:
            self._figure(picture)

    def _quote(self, element: Tag) -> None:
        lines = [one_line(joined(part.get_text())) for part in element.find_all("p")]
        lines = [line for line in lines if line]
        if not lines:
            return
        self._flush()
        attribution = _ATTRIBUTION.fullmatch(lines[-1]) if len(lines) > 1 else None
        text = "\n".join(lines[:-1] if attribution else lines)
        self.blocks.append({"type": "quote", "value": {"text": text, "attribution": attribution[1] if attribution else ""}})

    def heading(self, words: str, level: str) -> None:
        self._flush()
        self.blocks.append({"type": "heading", "value": {"text": words, "level": level}})

    def _flush(self) -> None:
        if not self.text:
            return
        soup = BeautifulSoup("".join(self.text), "html.parser")
        tidy(soup)
        self.text = []
        if html := str(soup):
            self.blocks.append({"type": "paragraph", "value": html})

    def finished(self) -> list[dict]:
        self._flush()
        return self.blocks
