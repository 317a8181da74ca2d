"""English words that lost the blank between them: `beenaccomplished`, `theChina`, `Planin`."""

import re
from collections.abc import Iterator
from functools import lru_cache

from django.utils.translation import gettext as _

from core.languages import Language
from editorial.checks.characters import without_addresses
from editorial.checks.english_words import is_common, is_known
from editorial.checks.registry import Fault
from editorial.checks.word_lists import words

_WORD = re.compile(r"(?<![\w@/.])[A-Za-z]{4,40}(?![\w@/])", re.ASCII)
_TURN = re.compile("(?<=[a-z])(?=[A-Z])")  # theChina
SHORTEST, LONG = 4, 6  # letters of a word that another may have run into


def merged_words(text: str, _language: Language) -> Iterator[Fault]:
    """Yield English words, in a text of either language, that are two or more words without the blanks between them."""
    for match in _WORD.finditer(without_addresses(text)):
        if parts := words_in(match[0]):
            yield Fault(match.start(), match.end(), _("a blank is missing: “%s”?") % " ".join(parts))


@lru_cache(maxsize=4096)
def words_in(word: str) -> tuple[str, ...]:
    """Return the words that `word` is run together from, none for what is one word or may be a name."""
    if word.isupper():
        return ()
    turns = _TURN.split(word)
    if len(turns) > 1:
        return tuple(turns) if _is_turn_by_mistake(turns) else ()
    small = word.lower()
    parts = _two_little_words(small) if len(word) > SHORTEST or word.islower() else ()
    parts = parts or (() if is_known(small) else _split(small))
    return (word[: len(parts[0])], *parts[1:]) if parts else ()


def _is_turn_by_mistake(turns: list[str]) -> bool:
    """YouTube is a name, theChina is none."""
    first, *others = turns
    starts_small = first.islower() and (first in words("function") or (len(first) >= SHORTEST and is_known(first)))
    return (starts_small or first.lower() in words("leading")) and all(is_known(part.lower()) for part in others)


def _two_little_words(word: str) -> tuple[str, ...]:
    if word in words("real"):
        return ()
    return next((pair for pair in _halves(word) if words("function").issuperset(pair)), ())


def _split(word: str) -> tuple[str, ...]:
    """Return the parts of an unknown word where one of them is a word that no compound has there, or both are long."""
    if word in words("real"):
        return ()
    for head, tail in _halves(word):
        if is_common(head) and _ends_with_word(head, tail):
            return head, tail
        if len(tail) >= SHORTEST and is_common(tail) and (head in words("leading") or _is_no_compound(head, tail)):
            return head, tail
    for head, tail in _halves(word):
        begins = head in words("leading") or (len(head) >= SHORTEST and is_common(head))
        if begins and (rest := _split(tail)):
            return head, *rest
    return ()


def _halves(word: str) -> list[tuple[str, str]]:
    return [(word[:place], word[place:]) for place in range(2, len(word) - 1)]


def _ends_with_word(head: str, tail: str) -> bool:
    if tail in words("trailing"):
        return len(head) >= SHORTEST
    return tail in words("trailing_long_word") and len(head) >= LONG


def _is_no_compound(head: str, tail: str) -> bool:
    if not is_common(head):
        return False
    if head.endswith("ly") and len(head) > SHORTEST:
        return True
    is_long = len(head) >= LONG and len(tail) >= LONG
    return is_long and head not in words("prefixes") and tail not in words("compound_ends")
