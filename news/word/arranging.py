"""Which paragraphs of a Word document are its title, its headings, its captions, its quotations: by style, else by look."""

import re
from dataclasses import dataclass, field

from mammoth import documents

from news.word.facts import facts_in
from news.word.findings import Findings
from news.word.lines import Line, divided, joined, line_of

#: The names that the reader's style map knows paragraphs by.
HEADINGS = ("portal heading 2", "portal heading 3")
PICTURE_CAPTION, TABLE_CAPTION, QUOTE = "portal picture caption", "portal table caption", "portal quote"

TITLES = {"title", "标题", "文档标题"}
QUOTES = {"quote", "intensequote", "blocktext", "引用", "明显引用"}
CAPTIONS = {"caption", "题注", "图题", "表题"}
# Styles that make ordinary text or lists, whatever they are called.
ORDINARY = re.compile(
    r"normal.*|bodytext.*|正文.*|listparagraph|listbullet.*|listnumber.*|list\d*|nospacing|subtitle|副标题|plaintext|纯文本"
    r"|列表.*|列出段落.*|无间隔|footnotetext|endnotetext|htmlpreformatted|普通\(网站\).*|date|日期|default.*|standard"
)
_HEADING_STYLE = re.compile(r"(?:heading|标题)(\d)")
_CONTENTS = re.compile(r"toc.*|目录.*|tableoffigures|图表目录")
_NUMBERED = (
    re.compile(r"[一二三四五六七八九十]{1,3}\s*、"),
    re.compile(r"[（(][一二三四五六七八九十]{1,3}[）)]"),
    re.compile(r"\d{1,2}[.．、]\D"),
)
_SENTENCE = re.compile(r"[。；，：！？;,:!?]|\.\s")
_TABLE = re.compile(r"表|Table", re.IGNORECASE)
_LABELLED_CAPTION = re.compile(r"(?:图|表|Figure|Fig\.|Table)\s*\d", re.IGNORECASE)
UNNUMBERED = 4  # the rank of a heading that only its bold type tells
MAX_HEADING, MAX_TITLE = 60, 255
NEAR = 4  # lines at the beginning and end in which a document tells of itself


@dataclass
class Arranged:
    """A document with its title taken out, and every other paragraph under a name of the style map or without style."""

    document: documents.Document
    title: str = ""
    facts: dict[str, str] = field(default_factory=dict)


def arranged(document: documents.Document, findings: Findings) -> Arranged:
    children = [part for child in document.children for part in _unpacked(child)]
    lines = {place: line_of(child) for place, child in enumerate(children) if isinstance(child, documents.Paragraph)}
    told = [place for place, line in lines.items() if line.text and not _CONTENTS.fullmatch(line.style)]
    title = _title(lines, told)
    text = joined("\n".join(lines[place].text for place in title))
    if len(text) > MAX_TITLE:
        title, text = [], ""
    rest = [place for place in told if place not in title]
    facts: dict[str, str] = {}
    stated = set()
    for place in {*rest[:NEAR], *rest[-NEAR:]}:
        if (found := facts_in(lines[place].text)) and not facts.keys() & found.keys():
            facts |= found
            stated.add(place)
            findings.add("facts", lines[place].text)
    levels = _levels({place: rank for place in rest if (rank := _rank(lines[place])) and place not in stated}, findings)
    kept = []
    for place, child in enumerate(children):
        line = lines.get(place)
        if line is None:
            kept.append(child)
        elif place not in title and place not in stated and not _CONTENTS.fullmatch(line.style):
            kept.append(_named(line, _name_of(place, line, levels, children, lines), findings))
    return Arranged(document.copy(children=kept), text, facts)


def _unpacked(child) -> list:
    """Return the paragraphs of a table of one cell, which is a frame; a paragraph cut at its line breaks; else the child."""
    if isinstance(child, documents.Table) and len(child.children) == 1 and len(child.children[0].children) == 1:
        return [part for entry in child.children[0].children[0].children for part in _unpacked(entry)]
    return divided(child) if isinstance(child, documents.Paragraph) and not child.numbering else [child]


def _title(lines: dict[int, Line], told: list[int]) -> list[int]:
    """Return the places of the lines that are the title: by style, by look at the top, by being the one top heading."""
    styled = [place for place in told if lines[place].style in TITLES]
    if styled:
        return [place for place in styled if place - styled[0] < len(styled)]
    if not told:
        return []
    first = lines[told[0]]
    if first.centred and (first.stands_out or first.size >= 16) and not first.has_picture and not _style_rank(first):
        title = []
        for place in told:
            line = lines[place]
            alike = (line.size, line.bold, line.heading_font) == (first.size, first.bold, first.heading_font)
            if not (line.centred and alike) or facts_in(line.text) or line.text[0] in "（(":
                break
            title.append(place)
        return title
    ranks = {place: rank for place in told if (rank := _style_rank(lines[place]))}
    tops = [place for place, rank in ranks.items() if rank == min(ranks.values())]
    if len(tops) == 1 and tops[0] in told[:NEAR]:
        return tops
    plain = not first.paragraph.numbering and not _style_rank(first) and not first.has_picture
    return told[:1] if plain and len(first.text) <= MAX_HEADING and not re.search(r"[。.；;]$", first.text) else []


def _style_rank(line: Line) -> int:
    style = _HEADING_STYLE.fullmatch(line.style)
    return int(style[1]) if style else 0


def _rank(line: Line) -> int:
    """Return the level of a heading as its style or its look has it, 0 for what is none."""
    if rank := _style_rank(line):
        return rank
    short = len(line.text) <= MAX_HEADING and not re.search(r"[。；，：！？;,:!?.]$", line.text)
    if not (line.stands_out and short) or line.has_picture or line.paragraph.numbering or _is_caption(line):
        return 0
    for rank, pattern in enumerate(_NUMBERED, start=1):
        if pattern.match(line.text):
            return rank
    return UNNUMBERED if line.bold and not _SENTENCE.search(line.text) and not line.style else 0


def _levels(ranks: dict[int, int], findings: Findings) -> dict[int, int]:
    """Return for each heading 0 or 1, the levels that a page has: the highest rank of the document is the first."""
    order = sorted(set(ranks.values()))
    if len(order) > len(HEADINGS):
        findings.add("deep_headings")
    return {place: min(order.index(rank), len(HEADINGS) - 1) for place, rank in ranks.items()}


def _name_of(place: int, line: Line, levels: dict[int, int], children: list, lines: dict[int, Line]) -> str:
    if place in levels:
        return HEADINGS[levels[place]]
    if line.style in QUOTES:
        return QUOTE
    short = line.centred and len(line.text) <= MAX_HEADING and not line.has_picture
    if not line.text or not (short or _is_caption(line)):
        return ""
    before = lines.get(place - 1)
    follows_picture = before is not None and before.has_picture and not before.text
    if follows_picture and not _TABLE.match(line.text):
        return PICTURE_CAPTION
    precedes_table = place + 1 < len(children) and isinstance(children[place + 1], documents.Table)
    return TABLE_CAPTION if precedes_table else ""


def _is_caption(line: Line) -> bool:
    return line.style in CAPTIONS or bool(_LABELLED_CAPTION.match(line.text))


def _named(line: Line, name: str, findings: Findings) -> documents.Paragraph:
    paragraph = line.paragraph
    if name:
        if name in HEADINGS and paragraph.numbering:
            findings.add("heading_numbers", line.text)
        return paragraph.copy(style_id=None, style_name=name, numbering=None)
    known = not line.style or line.style in CAPTIONS | TITLES or ORDINARY.fullmatch(line.style)
    if not known:
        findings.add("styles", paragraph.style_name)
    return paragraph.copy(style_id=None, style_name=None)
