"""A paragraph of a Word document as one sees it: its words, its style, and how it is set."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from mammoth import documents

from core.blanks import one_line

# What official Chinese documents set headings and titles in; their text stands in 仿宋.
HEADING_FONTS = ("黑体", "楷体", "小标宋", "大标宋", "SimHei", "KaiTi")
_CHINESE = "\u2e80-\u9fff\u3000-\u303f\uff00-\uffef"
_NEEDS_NO_BLANK = re.compile(rf"(?<=[{_CHINESE}])\n|\n(?=[{_CHINESE}])")


_SENTENCE_END = re.compile(r"[。！？；：.!?;:][”’」』）)\"']*\s*$")
_INDENT = re.compile("\u3000|[ \xa0]{2}|\n")


@dataclass(frozen=True)
class Line:
    """`style` is the style's name in small letters without blanks, "" for ordinary text; `size` in points, 0 if unsaid."""

    paragraph: documents.Paragraph
    text: str
    style: str
    bold: bool
    centred: bool
    heading_font: bool
    size: float
    has_picture: bool

    @property
    def stands_out(self) -> bool:
        return self.bold or self.heading_font


def line_of(paragraph: documents.Paragraph) -> Line:
    runs = [run for run in _parts(paragraph, documents.Run) if text_of(run).strip()]
    return Line(
        paragraph,
        one_line(joined(text_of(paragraph))),
        (paragraph.style_name or "").lower().replace(" ", ""),
        bool(runs) and all(run.is_bold for run in runs),
        paragraph.alignment == "center",
        bool(runs) and all(any(font in (run.font or "") for font in HEADING_FONTS) for run in runs),
        max((run.font_size or 0 for run in runs), default=0),
        next(_parts(paragraph, documents.Image), None) is not None,
    )


def joined(text: str) -> str:
    """Return `text` without line breaks: Chinese goes on without a blank."""
    return _NEEDS_NO_BLANK.sub("", text.strip()).replace("\n", " ")


def text_of(element) -> str:
    """Return the words of an element, with its line breaks."""
    if isinstance(element, documents.Text):
        return element.value
    if isinstance(element, documents.Tab):
        return "\t"
    if isinstance(element, documents.Break):
        return "\n" if element.break_type == "line" else ""
    return "".join(text_of(child) for child in getattr(element, "children", ()))


def _parts(element, kind: type) -> Iterator:
    for child in getattr(element, "children", ()):
        if isinstance(child, kind):
            yield child
        yield from _parts(child, kind)


def divided(paragraph: documents.Paragraph) -> list[documents.Paragraph]:
    """Return `paragraph` cut where a line break stands for the end of one: after a sentence, or before an indent."""
    pieces: list[list] = [[]]
    said = ""
    for child in paragraph.children:
        if not isinstance(child, documents.Run):
            pieces[-1].append(child)
            said = text_of(child) or said
            continue
        part: list = []
        for element, following in zip_longest(child.children, child.children[1:]):
            is_break = isinstance(element, documents.Break) and element.break_type == "line"
            if is_break and (_SENTENCE_END.search(said) or _INDENT.match(text_of(following))):
                pieces[-1].append(child.copy(children=part))
                pieces.append([])
                part, said = [], ""
            else:
                part.append(element)
                said = text_of(element) or said
        pieces[-1].append(child.copy(children=part))
    return [paragraph.copy(children=piece) for piece in pieces] if len(pieces) > 1 else [paragraph]
