"""The register as a table: CSV in UTF-8, a row for each name, several forms or variants in a cell parted by semicolons."""

import csv
import io
from collections.abc import Iterable, Iterator

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from core.pinyin import pinyin_reading
from core.plain_text import without_invisible
from terminology.models import Name, lines_of
from terminology.register import Register

COLUMNS = (
    *("kind", "chinese", "pinyin", "chinese_forms", "chinese_variants"),
    *("english", "english_is_official", "english_forms", "english_variants"),
    *("note", "source", "source_url", "as_of"),
)
SEVERAL = ("chinese_forms", "chinese_variants", "english_forms", "english_variants")
YES, NO = "yes", "no"
MOST_BYTES, MOST_ROWS = 2_000_000, 2_000  # each name that changes takes some 6 ms: index, log, audit log


class TableError(Exception):
    """The table cannot be taken over; `problems` name line, column and remedy in the active language."""

    def __init__(self, problems: list[str]):
        super().__init__("\n".join(problems))
        self.problems = problems


def lines_from(cell: str) -> str:
    """Return what a cell lists, parted by semicolons or line ends, one a line."""
    return "\n".join(lines_of(cell))


def cells_of(name: Name) -> dict[str, str]:
    """Return the row of `name`, as take_over reads it."""
    cells = {column: str(getattr(name, column)) for column in COLUMNS}
    cells |= {column: "; ".join(lines_of(cells[column])) for column in SEVERAL}
    return cells | {"english_is_official": YES if name.english_is_official else NO}


@transaction.atomic
def take_over(content: bytes, user) -> tuple[int, int]:
    """Enter the names of a table and return how many are new and how many were there and have changed.

    A row whose Chinese name is in the register takes the place of that entry. Nothing is entered where anything is wrong: then
    a TableError names all of it.
    """
    problems: list[str] = []
    known = {name.chinese: name for name in Name.objects.all()}
    seen: dict[str, int] = {}
    entered: list[tuple[int, Name]] = []
    for line, cells in _rows(content, problems):
        chinese = cells["chinese"]
        if chinese in seen:
            first = {"name": chinese, "line": seen[chinese]}
            problems.append(_at(line, _("“%(name)s” stands in line %(line)s already.") % first))
            continue
        seen[chinese] = line
        name = known.setdefault(chinese, Name(chinese=chinese))
        before = cells_of(name)
        if cells["english_is_official"] not in {YES, NO}:
            problems.append(_at(line, _("english_is_official: write yes or no.")))
            continue
        _fill(name, cells)
        if cells_of(name) != before:
            entered.append((line, name))
    problems += _contradictions(entered, Register(known.values()))
    if problems:
        raise TableError(problems)
    new = [name for _line, name in entered if name.pk is None]
    for _line, name in entered:
        action = "wagtail.create" if name.pk is None else "wagtail.edit"
        name.save()
        log(name, action, user=user)
    return len(new), len(entered) - len(new)


def _fill(name: Name, cells: dict[str, str]) -> None:
    for column, cell in cells.items():
        setattr(name, column, lines_from(cell) if column in SEVERAL else cell)
    name.english_is_official = cells["english_is_official"] == YES
    name.pinyin = cells["pinyin"] or pinyin_reading(name.chinese)


def _contradictions(entered: Iterable[tuple[int, Name]], known: Register) -> Iterator[str]:
    for line, name in entered:
        for check in (name.clean_fields, lambda name=name: name.check_against(known)):
            try:
                check()
            except ValidationError as error:
                for field, messages in error.message_dict.items():
                    yield from (_at(line, f"{field}: {message}") for message in messages)


def _rows(content: bytes, problems: list[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the rows with the lines on which they begin."""
    if len(content) > MOST_BYTES:
        problems.append(_("The file is too large: cut it into several of 2 MB at most."))
        return
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        problems.append(_at(line, _("the text is not UTF-8: save the file as “CSV UTF-8”.")))
        return
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        yield from _cells(reader, problems)
    except csv.Error:
        problems.append(_at(reader.line_num, _("this is no CSV: save the table as “CSV UTF-8”.")))


def _cells(reader, problems: list[str]) -> Iterator[tuple[int, dict[str, str]]]:
    header = [cell.strip() for cell in next(reader, [])]
    if sorted(header) != sorted(COLUMNS):
        odd = ", ".join(sorted(set(COLUMNS) ^ set(header))) or _("a column stands there twice")
        values = {"columns": odd[:200], "expected": ", ".join(COLUMNS)}
        problems.append(_at(1, _("the columns differ (%(columns)s); expected: %(expected)s") % values))
        return
    line = reader.line_num + 1
    for number, cells in enumerate(reader, start=1):
        start, line = line, reader.line_num + 1
        if number > MOST_ROWS:
            problems.append(_at(start, _("the table has too many rows: cut it into several of %s at most.") % MOST_ROWS))
            return
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) == len(header):
            yield start, dict(zip(header, (without_invisible(cell).strip() for cell in cells), strict=True))
        else:
            values = {"cells": len(cells), "columns": len(header)}
            problems.append(_at(start, _("the row has %(cells)s cells, the table %(columns)s columns.") % values))


def _at(line: int, problem: str) -> str:
    return _("Line %(line)s: %(problem)s") % {"line": line, "problem": problem}
