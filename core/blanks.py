"""Blanks as word processors and web pages leave them: indents, runs of blanks, empty lines and paragraphs."""

import re

from bs4 import BeautifulSoup, NavigableString

FULL_WIDTH = "\u3000"
BLANKS = f"\t\n\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f{FULL_WIDTH}"
_RUN = re.compile(f"[{BLANKS}]+")
_TEXT_BLOCKS = ("p", "li", "h2", "h3", "h4")
_HOLDS_TEXT = frozenset({*_TEXT_BLOCKS, "ul", "ol", "a", "b", "strong", "em", "i", "sub", "sup"})


def single_blanks(text: str) -> str:
    """Return `text` with each run of blanks as one, a full-width one where the run has one of these."""
    return _RUN.sub(lambda run: FULL_WIDTH if FULL_WIDTH in run[0] else " ", text)


def one_line(text: str) -> str:
    """Return `text` in one line, without blanks around it."""
    return single_blanks(text).strip(f" {FULL_WIDTH}")


def tidy_rich_text(html: str) -> str:
    """Return stored rich text without indents, runs of blanks, and paragraphs, items and lines that say nothing."""
    soup = BeautifulSoup(html, "html.parser")
    tidy(soup)
    return str(soup)


def tidy(soup) -> None:
    """Do to parsed rich text what `tidy_rich_text` does."""
    for text in soup.find_all(string=True):
        text.replace_with(single_blanks(text))
    for line_break in soup.find_all("br"):
        _strip(line_break.previous_sibling, str.rstrip)
        _strip(line_break.next_sibling, str.lstrip)
    for block in soup.find_all(_TEXT_BLOCKS):
        _strip_edge(block, 0, str.lstrip)
        _strip_edge(block, -1, str.rstrip)
    for element in reversed(soup.find_all(_says_nothing)):
        element.decompose()


def _strip(node, strip) -> None:
    if isinstance(node, NavigableString):
        node.replace_with(strip(node))


def _strip_edge(block, edge: int, strip) -> None:
    """Take blanks and line breaks from one end of `block`, also those within its innermost elements there."""
    while block.contents:
        node = block.contents[edge]
        if isinstance(node, NavigableString):
            if rest := strip(node):
                node.replace_with(rest)
                return
        elif node.name in {"ul", "ol"}:
            return
        elif node.name != "br":
            _strip_edge(node, edge, strip)
            if node.contents or node.name not in _HOLDS_TEXT:
                return
        node.extract()


def _says_nothing(element) -> bool:
    return element.name in _HOLDS_TEXT and not element.get_text().strip() and not element.find(_is_content)


def _is_content(element) -> bool:
    return element.name not in _HOLDS_TEXT and element.name != "br"
