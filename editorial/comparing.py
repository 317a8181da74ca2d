"""Both languages of a pair as rows: field by field, and in a body block against block, with what has drifted marked."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from core.alignment import Block, Tie, aligned
from core.languages import LANGUAGES, Language, other_language
from editorial.anchors import BLOCK_ANCHOR, FIELD_ANCHOR
from editorial.drift import Change, changes
from editorial.gravity import Gravity
from editorial.models import Pair
from editorial.naming import NamesInPair, Piece
from editorial.texts import Statement
from editorial.wording import Wording


@dataclass(frozen=True)
class Marked:
    """A sentence as it stands, with its names marked; `change` is what became of it since both languages were agreed, None
    where nothing did."""

    pieces: list[Piece]
    change: Change | None = None


@dataclass
class Cell:
    """A field or block in one language; `gone` are changes that left nothing of what stood there, `address` opens the editor
    at this place, "" where the reader may not. `block` is the id of a block in a body."""

    language: Language
    sentences: list[Marked] = field(default_factory=list)
    gone: list[Change] = field(default_factory=list)
    address: str = ""
    block: str = ""

    @property
    def gravity(self) -> Gravity:
        found = [marked.change.gravity for marked in self.sentences if marked.change] + [change.gravity for change in self.gone]
        return max(found, default=Gravity.NONE)


@dataclass
class Row:
    """What answers each other in the two languages, Chinese first. `starts` is set on the first row of a field, `unties` on the
    first row of blocks that were matched by hand, to what undoes that; `tied` on all of them."""

    field: str
    kind: str
    cells: list[Cell]
    starts: bool = False
    tied: bool = False
    unties: str = ""

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
        wording: Wording | None = None,
    ):
        self.language, self.text, self.named, self.editor, self.suffix = language, text, named, editor, suffix
        self.wording = wording
        self.changes = [self._worded(change) for change in changes(agreed, text, names)] if agreed is not None else []
        self.marks = {place: change for change in self.changes for place in change.places}

    def cell(self, number: int | None) -> Cell:
        """Return the statement with this number, an empty cell for None."""
        if number is None:
            return Cell(self.language)
        statement = self.text[number]
        marked = [
            Marked(self._pieces(part, statement), self.marks.get((number, place)))
            for place, part in enumerate(statement.sentences)
        ]
        gone = [change for change in self.changes if not change.places and change.near and change.near[0] == number]
        return Cell(self.language, marked, gone, self._address(statement), statement.block if statement.kind else "")

    def _pieces(self, sentence: str, statement: Statement) -> list[Piece]:
        worded = self.wording.of(sentence, statement.field, statement.kind) if self.wording else sentence
        return self.named.pieces(sentence, self.language) if worded == sentence else [Piece(worded)]

    def _worded(self, change: Change) -> Change:
        if self.wording is None:
            return change
        before, after = (
            tuple(self.wording.of(sentence, change.field) for sentence in part) for part in (change.before, change.after)
        )
        return replace(change, before=before, after=after)

    def _address(self, statement: Statement) -> str:
        if not self.editor:
            return ""
        anchor = BLOCK_ANCHOR.format(statement.block) if statement.kind and statement.block else ""
        return self.editor + (anchor or FIELD_ANCHOR.format(statement.field + self.suffix))

    def lost(self, field_name: str) -> list[Change]:
        """Return the changes of a field that now says nothing."""
        return [change for change in self.changes if change.field == field_name and change.near is None]


def sides_of(
    pair: Pair,
    texts: dict[Language, list[Statement]],
    names,
    named: NamesInPair,
    editors: dict[Language, str],
    wording: Wording | None = None,
) -> list[Side]:
    """Return both sides of `pair`, showing `texts`; `editors` are the addresses of the forms that may be opened."""
    # A page that shows nothing here has a draft alone, which this person or this view does not show.
    agreed = {entry: pair.agreed(entry) if texts[entry] or not pair.is_of_pages else None for entry in LANGUAGES}
    suffixes = {entry: "" if pair.is_of_pages else f"_{entry.code.replace('-', '_')}" for entry in LANGUAGES}
    return [
        Side(entry, texts[entry], agreed[entry], names, named, editors.get(entry, ""), suffixes[entry], wording)
        for entry in LANGUAGES
    ]


def rows_of(sides: list[Side], ties: Iterable[Tie] = ()) -> list[Row]:
    """Return both sides in rows, in the order of the fields; `ties` are those of blocks matched by hand."""
    rows = []
    fields = dict.fromkeys(statement.field for side in sides for statement in side.text)
    fields |= dict.fromkeys(change.field for side in sides for change in side.changes)
    for name in fields:
        found = _rows_of_field(sides, name, ties)
        if any(side.lost(name) for side in sides):
            if not found:
                found.append(Row(name, "", [Cell(side.language) for side in sides]))
            for side, cell in zip(sides, found[0].cells, strict=True):
                cell.gone += side.lost(name)
        found[0].starts = True
        rows += found
    return rows


def _rows_of_field(sides: list[Side], name: str, ties: Iterable[Tie]) -> list[Row]:
    numbers = [[number for number, entry in enumerate(side.text) if entry.field == name] for side in sides]
    blocks = [
        [Block(side.text[number].block, side.text[number].kind) for number in places]
        for side, places in zip(sides, numbers, strict=True)
    ]
    rows, last = [], None
    for match in aligned(*blocks, ties):
        places = [
            None if place is None else entry[place] for place, entry in zip((match.own, match.other), numbers, strict=True)
        ]
        kind = next(side.text[place].kind for side, place in zip(sides, places, strict=True) if place is not None)
        row = Row(name, kind, [side.cell(place) for side, place in zip(sides, places, strict=True)], tied=bool(match.tie))
        if match.tie and match.tie is not last:
            row.unties = match.tie.own[0]
        last = match.tie
        rows.append(row)
    return rows


def what_changed(sides: list[Side]) -> list[tuple[Language, list[Change]]]:
    """Return by language that is behind the changes in the other one that it must follow."""
    return [(other_language(side.language), side.changes) for side in sides if side.changes]
