"""Where names stand in a text, whichever way they are written; the longest name at a place counts."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.folding import HAN, fold, fold_with_places
from core.languages import Language

if TYPE_CHECKING:
    from terminology.models import Name

SHORTEST = 2  # characters, as they are compared
_BLANKS = re.compile(r"\s+")
_APOSTROPHES = str.maketrans("’‘`", "'''")
_HAN = re.compile(f"[{HAN}]")


@dataclass(frozen=True)
class Designation:
    """One way of writing a name in a language; `is_correct` is False for a variant that is not to be used."""

    name: "Name"
    language: Language
    text: str
    is_correct: bool


@dataclass(frozen=True)
class Match:
    """A place in a text, from `start` to before `end`, and what may stand there: several names may be written alike."""

    start: int
    end: int
    designations: tuple[Designation, ...]

    @property
    def is_correct(self) -> bool:
        return any(designation.is_correct for designation in self.designations)


def key_of(text: str) -> str:
    """Return `text` in the form in which names are compared: folded, its blanks single."""
    return _BLANKS.sub(" ", fold(text).translate(_APOSTROPHES)).strip()


def _prepared(text: str) -> tuple[str, list[int]]:
    """Return `text` in that form and, for each of its characters and its end, the place in `text` that it comes from."""
    folded, places = fold_with_places(text)
    folded = folded.translate(_APOSTROPHES)
    places = places or list(range(len(folded) + 1))
    parts, kept, start = [], [], 0
    for blanks in _BLANKS.finditer(folded):
        parts += [folded[start : blanks.start()], " "]
        kept += places[start : blanks.start() + 1]
        start = blanks.end()
    return "".join([*parts, folded[start:]]), [*kept, *places[start:]]


def _is_word(character: str) -> bool:
    return character.isalnum() and not _HAN.match(character)


class Matcher:
    """Finds designations in texts: Chinese ones anywhere, those in letters between word boundaries."""

    def __init__(self, designations: Iterable[Designation]):
        found: dict[str, list[Designation]] = defaultdict(list)
        for designation in designations:
            key = key_of(designation.text)
            if len(key) >= SHORTEST:
                found[key].append(designation)
        self._designations = {key: tuple(alike) for key, alike in found.items()}
        lengths: dict[str, set[int]] = defaultdict(set)
        for key in found:
            lengths[key[:SHORTEST]].add(len(key))
        self._lengths = {start: sorted(sizes) for start, sizes in lengths.items()}

    def named(self, text: str) -> tuple[Designation, ...]:
        """Return what is written exactly like `text`."""
        return self._designations.get(key_of(text), ())

    def find(self, text: str) -> list[Match]:
        """Return the names in `text` in their order, none overlapping another: of two that do, the longer one."""
        folded, places = _prepared(text)
        taken, found = bytearray(len(folded)), []
        for start, length in sorted(self._occurrences(folded), key=lambda place: (-place[1], place[0])):
            if not any(taken[start : start + length]):
                taken[start : start + length] = b"\x01" * length
                designations = self._designations[folded[start : start + length]]
                found.append(Match(places[start], places[start + length], designations))
        return sorted(found, key=lambda match: match.start)

    def occurring(self, text: str) -> list[Designation]:
        """Return all designations that occur in `text`, also those within longer ones, each once."""
        folded, _places = _prepared(text)
        keys = dict.fromkeys(folded[start : start + length] for start, length in self._occurrences(folded))
        return [designation for key in keys for designation in self._designations[key]]

    def _occurrences(self, folded: str) -> Iterator[tuple[int, int]]:
        """Yield start and length of each key in a folded text."""
        for start in range(len(folded) - SHORTEST + 1):
            for length in self._lengths.get(folded[start : start + SHORTEST], ()):
                end = start + length
                if end <= len(folded) and folded[start:end] in self._designations and _stands_alone(folded, start, end):
                    yield start, length


def _stands_alone(folded: str, start: int, end: int) -> bool:
    """Return whether no word of letters or digits, and no web or mail address, is cut at either end."""
    before, after = folded[max(start - 2, 0) : start], folded[end : end + 2]
    return not (_runs_on(folded[start], before[::-1]) or _runs_on(folded[end - 1], after))


def _runs_on(edge: str, beyond: str) -> bool:
    """Return whether a word that has `edge` at its end goes on with `beyond`, two characters away from it."""
    if not _is_word(edge) or not beyond:
        return False
    return _is_word(beyond[0]) or beyond[0] == "@" or (beyond[0] == "." and _is_word(beyond[1:]))
