"""Both languages of a pair as rows: field by field, and in a body block against block, with what has drifted marked."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import zip_longest

from core.languages import LANGUAGES, Language, other_language
from editorial.anchors import BLOCK_ANCHOR, FIELD_ANCHOR
from editorial.drift import Change, changes
from editorial.gravity import Gravity
from editorial.models import Pair
from editorial.naming import NamesInPair, Piece
from editorial.texts import Statement


@dataclass(frozen=True)
class Marked:
    """A sentence as it stands, with its names marked; `change` is what became of it since both languages were agreed, None
    where nothing did."""

    pieces: list[Piece]
    change: Change | None = None


@dataclass
class Cell:
    """A field or block in one language; `gone` are changes that left nothing of what stood there, `address` opens the editor
    at this place, "" where the reader may not."""

    language: Language
    sentences: list[Marked] = field(default_factory=list)
    gone: list[Change] = field(default_factory=list)
    address: str = ""

    @property
    def gravity(self) -> Gravity:
        found = [marked.change.gravity for marked in self.sentences if marked.change] + [change.gravity for change in self.gone]
        return max(found, default=Gravity.NONE)


@dataclass
class Row:
    """What answers each other in the two languages, Chinese first. `starts` is set on the first row of a field."""

    field: str
    kind: str
    cells: list[Cell]
    starts: bool = False

    @property
    def gravity(self) -> Gravity:
        return max(cell.gravity for cell in self.cells)


class Side:
    """The text that is shown of one language, with its changes since the agreement."""

    def __init__(
        self,
        language: Language,
        text: list[Statement],
        agreed: list[Statement] | None,
        names,
        named: NamesInPair,
        editor: str = "",
        suffix: str = "",
    ):
        self.language, self.text, self.named, self.editor, self.suffix = language, text, named, editor, suffix
        self.changes = changes(agreed, text, names) if agreed is not None else []
        self.marks = {place: change for change in self.changes for place in change.places}

    def cell(self, number: int | None) -> Cell:
        """Return the statement with this number, an empty cell for None."""
        if number is None:
            return Cell(self.language)
        statement = self.text[number]
        marked = [
            Marked(self.named.pieces(part, self.language), self.marks.get((number, place)))
            for place, part in enumerate(statement.sentences)
        ]
        gone = [change for change in self.changes if not change.places and change.near and change.near[0] == number]
        return Cell(self.language, marked, gone, self._address(statement))

    def _address(self, statement: Statement) -> str:
        if not self.editor:
            return ""
        anchor = BLOCK_ANCHOR.format(statement.block) if statement.kind and statement.block else ""
        return self.editor + (anchor or FIELD_ANCHOR.format(statement.field + self.suffix))

    def lost(self, field_name: str) -> list[Change]:
        """Return the changes of a field that now says nothing."""
        return [change for change in self.changes if change.field == field_name and change.near is None]


def sides_of(
    pair: Pair, texts: dict[Language, list[Statement]], names, named: NamesInPair, editors: dict[Language, str]
) -> list[Side]:
    """Return both sides of `pair`, showing `texts`; `editors` are the addresses of the forms that may be opened."""
    # A page that shows nothing here has a draft alone, which this person or this view does not show.
    agreed = {entry: pair.agreed(entry) if texts[entry] or not pair.is_of_pages else None for entry in LANGUAGES}
    suffixes = {entry: "" if pair.is_of_pages else f"_{entry.code.replace('-', '_')}" for entry in LANGUAGES}
    return [
        Side(entry, texts[entry], agreed[entry], names, named, editors.get(entry, ""), suffixes[entry]) for entry in LANGUAGES
    ]


def rows_of(sides: list[Side]) -> list[Row]:
    """Return both sides in rows, in the order of the fields."""
    rows = []
    fields = dict.fromkeys(statement.field for side in sides for statement in side.text)
    fields |= dict.fromkeys(change.field for side in sides for change in side.changes)
    for name in fields:
        numbers = [[place for place, entry in enumerate(side.text) if entry.field == name] for side in sides]
        found = []
        for match in _matched(*sides, *numbers):
            statements = [side.text[number] for side, number in zip(sides, match, strict=True) if number is not None]
            found.append(Row(name, statements[0].kind, [side.cell(number) for side, number in zip(sides, match, strict=True)]))
        if any(side.lost(name) for side in sides):
            if not found:
                found.append(Row(name, "", [Cell(side.language) for side in sides]))
            for side, cell in zip(sides, found[0].cells, strict=True):
                cell.gone += side.lost(name)
        found[0].starts = True
        rows += found
    return rows


def _matched(own: Side, other: Side, left: list[int], right: list[int]) -> Iterator[tuple[int | None, int | None]]:
    """Yield the statements of a field that answer each other: copied blocks by their id, those between by their kind."""
    ids = {other.text[number].block for number in right} - {""}
    keys = [
        [_key(side.text[number], shared) for number in numbers]
        for side, numbers, shared in (
            (own, left, ids),
            (other, right, {own.text[number].block for number in left} - {""}),
        )
    ]
    for _tag, start, end, other_start, other_end in SequenceMatcher(None, *keys, autojunk=False).get_opcodes():
        yield from zip_longest(left[start:end], right[other_start:other_end])


def _key(statement: Statement, shared: set[str]) -> str:
    return f"id {statement.block}" if statement.block in shared else f"kind {statement.kind}"


def what_changed(sides: list[Side]) -> list[tuple[Language, list[Change]]]:
    """Return by language that is behind the changes in the other one that it must follow."""
    return [(other_language(side.language), side.changes) for side in sides if side.changes]
