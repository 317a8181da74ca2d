"""Tables of a Word document as the body's tables: a heading for each column, text in the cells."""

import re

from core.blanks import one_line
from news.word.findings import Findings

MAX_CELLS, MAX_COLUMNS = 2_000, 30


def table_value(table, caption: str, findings: Findings) -> dict | None:
    """Return the stored value of the table block for `table` (parsed HTML), None for one that is too large or says nothing.

    The first row has the headings; one cell across the whole table above it is its caption, if it has no other.
    """
    for inner in table.find_all("table"):
        findings.add("nested_tables", _text(inner))
        inner.replace_with(_text(inner))
    if table.find("a"):
        findings.add("links_in_tables", count=len(table.find_all("a")))
    rows = _grid(table)
    if rows is None:
        findings.add("large_tables", caption or _text(table))
        return None
    if len(rows) > 1 and not caption and rows[0][0] and not any(rows[0][1:]) and _spans_all(table, len(rows[0])):
        caption = one_line(rows.pop(0)[0])
    if table.find(attrs={"colspan": True}) or table.find(attrs={"rowspan": True}):
        findings.add("merged_cells", caption or rows[0][0])
    rows = [row for row in rows if any(row)]
    if not rows:
        return None
    return {
        "columns": [{"type": "text", "heading": one_line(cell)} for cell in rows[0]],
        "rows": [{"values": row} for row in rows[1:]],
        "caption": caption,
    }


def _grid(table) -> list[list[str]] | None:
    """Return the cells in full rows, "" where a merged cell reaches; None where there are too many."""
    cells: dict[tuple[int, int], str] = {}
    lines = table.find_all("tr")
    for row, line in enumerate(lines):
        column = 0
        for cell in line.find_all(["td", "th"], recursive=False):
            while (row, column) in cells:
                column += 1
            wide, high = _span(cell, "colspan"), min(_span(cell, "rowspan"), len(lines) - row)
            if column + wide > MAX_COLUMNS or len(cells) + wide * high > MAX_CELLS:
                return None
            for down in range(high):
                for across in range(wide):
                    cells[row + down, column + across] = ""
            cells[row, column] = _text(cell)
            column += wide
    width = max((column for _row, column in cells), default=-1) + 1
    if width * len(lines) > MAX_CELLS:
        return None
    return [[cells.get((row, column), "") for column in range(width)] for row in range(len(lines))] if width else []


def _span(cell, name: str) -> int:
    value = str(cell.get(name) or "1")
    return max(int(value), 1) if re.fullmatch(r"\d{1,6}", value, re.ASCII) else 1


def _spans_all(table, width: int) -> bool:
    first = table.find(["td", "th"])
    return width > 1 and _span(first, "colspan") == width


def _text(element) -> str:
    """Return the lines of `element`, each without blanks around it."""
    for line_break in element.find_all("br"):
        line_break.replace_with("\n")
    blocks = element.find_all(["p", "li", "h2", "h3"]) or [element]
    lines = [one_line(line) for block in blocks for line in block.get_text().split("\n")]
    return "\n".join(line for line in lines if line)
