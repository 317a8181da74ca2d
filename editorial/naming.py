"""Official names in the two languages of a text: which of them the other language does not name."""

from collections.abc import Iterable
from dataclasses import dataclass

from core.languages import Language, other_language
from editorial.rich_text import REFERENCE
from editorial.texts import Statement
from terminology.matching import Designation, Matcher


@dataclass(frozen=True)
class Unanswered:
    """A name as it is `written` in `language`, whose counterpart, `expected`, does not stand in the other language.

    `instead` is a variant not to be used that stands there in its place, "" where none does.
    """

    language: Language
    key: int
    written: str
    expected: str
    instead: str

    @property
    def missing_in(self) -> Language:
        return other_language(self.language)

    @property
    def anchor(self) -> str:
        """The id of the first place where it is written."""
        return f"name-{self.language.prefix}-{self.key}"


@dataclass(frozen=True)
class Piece:
    """A part of a sentence; `name` is set where it is a name without counterpart, `is_first` where that stands first."""

    text: str
    name: Unanswered | None = None
    is_first: bool = False


class NamesInPair:
    """The official names in both texts of a pair, as `matcher` finds them."""

    def __init__(self, texts: dict[Language, list[Statement]], matcher: Matcher):
        self.matcher = matcher
        said = {language: list(_sentences(text)) for language, text in texts.items()}
        self.unanswered: dict[Language, dict[int, Unanswered]] = {language: {} for language in texts}
        if all(said.values()):
            for language, found in self.unanswered.items():
                self._look_for(language, said[language], said[other_language(language)], found)
        self._shown: set[str] = set()

    def _look_for(self, language: Language, own: list[str], other: list[str], found: dict[int, Unanswered]) -> None:
        there = [entry for text in other for entry in self.matcher.occurring(text)]
        answered = {entry.name.pk for entry in there if entry.is_correct and entry.language is not language}
        instead = {entry.name.pk: entry.text for entry in there if not entry.is_correct}
        for text in own:
            for match in self.matcher.find(text):
                entries = _with_counterpart(match.designations, language)
                if entries and not any(entry.name.pk in answered for entry in entries):
                    name = entries[0].name
                    written, expected = text[match.start : match.end], name.official(other_language(language))
                    found.setdefault(name.pk, Unanswered(language, name.pk, written, expected, instead.get(name.pk, "")))

    def pieces(self, text: str, language: Language) -> list[Piece]:
        """Return a sentence in pieces, its names without counterpart marked; to be asked in the order they are read in."""
        found, pieces, start = self.unanswered[language], [], 0
        for match in self.matcher.find(text) if found else ():
            entries = _with_counterpart(match.designations, language)
            name = found.get(entries[0].name.pk) if entries else None
            if name:
                pieces += [Piece(text[start : match.start]), Piece(text[match.start : match.end], name, self._is_first(name))]
                start = match.end
        return [piece for piece in (*pieces, Piece(text[start:])) if piece.text]

    def _is_first(self, name: Unanswered) -> bool:
        is_first = name.anchor not in self._shown
        self._shown.add(name.anchor)
        return is_first


def _with_counterpart(designations: Iterable[Designation], language: Language) -> list[Designation]:
    """Return those that are written in `language` and have a name in the other one."""
    return [entry for entry in designations if entry.language is language and entry.name.official(other_language(language))]


def _sentences(text: list[Statement]) -> Iterable[str]:
    return (part for statement in text for part in statement.sentences if not part.startswith(REFERENCE))
