"""Where a text answers a query, and the part of it that shows that best."""

import re
from dataclasses import dataclass

from core.folding import HAN, fold_with_places
from search.analysis import encode, pairs, runs, stem
from search.expressions import Expression, Prefix

SEARCHED = 20_000  # characters of a text in which the snippet is looked for
CHINESE_SNIPPET, ENGLISH_SNIPPET = 90, 200  # characters
BEFORE = 0.3  # the share of a snippet that stands before its first match
SLACK = 1.4  # a text not much longer than a snippet is shown whole
_HAN = re.compile(f"[{HAN}]+")
_WORD = re.compile(f"[^\\W_{HAN}]+")
_SENTENCE_ENDS, _CLAUSE_ENDS = ("。", "！", "？", "；", "\n", ". ", "! ", "? ", "; "), ("，", "、", "：", ", ", ": ")


@dataclass(frozen=True)
class Piece:
    """A piece of a text; `is_match` says whether it answers the query."""

    text: str
    is_match: bool = False


def spans(text: str, expression: Expression) -> list[tuple[int, int, int]]:
    """Return where `text` holds the leaves of `expression`: start, end and the number of the leaf, in order, not
    overlapping (the longer match wins)."""
    folded, places = fold_with_places(text)
    tokens: dict[bool, list[tuple[str, int, int]]] = {}
    found = []
    for number, leaf in enumerate(dict.fromkeys(expression.leaves())):
        if (characters := _characters(leaf)) is not None:
            found += [(start, start + len(characters), number) for start in _occurrences(folded, characters)]
            continue
        is_mixed = not isinstance(leaf, Prefix) and not all(token.isascii() for token in leaf.tokens)
        if is_mixed not in tokens:
            tokens[is_mixed] = _tokens(folded) if is_mixed else _words(folded)
        found += [(start, end, number) for start, end in _word_matches(leaf, tokens[is_mixed])]
    if places is not None:
        found = [(places[start], places[end - 1] + 1, number) for start, end, number in found]
    return _without_overlaps(found)


def _characters(leaf) -> str | None:
    """Return the Chinese characters that a leaf stands for, None for words."""
    if isinstance(leaf, Prefix):
        return leaf.beginning if _HAN.fullmatch(leaf.beginning) else None
    if not all(len(token) == 2 and _HAN.fullmatch(token) for token in leaf.tokens):
        return None
    return leaf.tokens[0] + "".join(token[1] for token in leaf.tokens[1:])


def _occurrences(text: str, characters: str):
    place = text.find(characters)
    while place >= 0:
        yield place
        place = text.find(characters, place + 1)


def _words(folded: str) -> list[tuple[str, int, int]]:
    """Return the tokens of the words of a folded text that are not Chinese, with their start and end in it."""
    return [(stem(match.group()), match.start(), match.end()) for match in _WORD.finditer(folded)]


def _tokens(folded: str) -> list[tuple[str, int, int]]:
    """Return all tokens of a folded text with their start and end in it."""
    found = []
    for run, is_han, start in runs(folded):
        if not is_han:
            found.append((stem(run), start, start + len(run)))
            continue
        found += [(pair, start + place, start + place + 2) for place, pair in enumerate(pairs(run))]
        found.append((encode(run[-1]), start + len(run) - 1, start + len(run)))
    return found


def _word_matches(leaf, words):
    """Yield the start and end of each match of `leaf` among the tokens `words`."""
    if isinstance(leaf, Prefix):
        yield from ((start, end) for token, start, end in words if token.startswith(leaf.beginning))
        return
    wanted, length = list(leaf.tokens), len(leaf.tokens)
    for place, (token, start, _end) in enumerate(words):
        if token == wanted[0] and [each for each, _start, _end in words[place : place + length]] == wanted:
            yield start, words[place + length - 1][2]


def _without_overlaps(found):
    taken: list[tuple[int, int, int]] = []
    end_of_last = 0
    for start, end, number in sorted(found, key=lambda span: (span[0], -span[1])):
        if start >= end_of_last:
            taken.append((start, end, number))
            end_of_last = end
    return taken


def pieces(text: str, expression: Expression) -> list[Piece]:
    """Return the whole of `text` in pieces, its matches marked."""
    return _cut(text, 0, len(text), spans(text, expression))


def snippet(text: str, expression: Expression, is_chinese: bool) -> list[Piece]:
    """Return the part of `text` with the most different matches close together, its matches marked; [] without any."""
    text = text[:SEARCHED]
    found = spans(text, expression)
    if not found:
        return []
    width = CHINESE_SNIPPET if is_chinese else ENGLISH_SNIPPET
    if len(text) <= width * SLACK:
        return _cut(text, 0, len(text), found)
    best = max(range(len(found)), key=lambda place: (_worth(found, place, width), -place))
    start = _beginning(text, found[best][0], width)
    end = min(len(text), start + width)
    if not is_chinese and end < len(text):
        end = max(text.rfind(" ", start, end), found[best][1])
    shown = _cut(text, start, end, [span for span in found if span[0] >= start and span[1] <= end])
    return [*([Piece("…")] if start else []), *shown, *([Piece("…")] if end < len(text) else [])]


def _worth(found, place: int, width: int) -> int:
    start = found[place][0]
    return len({number for begin, end, number in found[place:] if end <= start + width * (1 - BEFORE)})


def _beginning(text: str, match: int, width: int) -> int:
    """Return where a snippet begins, not far before the match: at a sentence, or a clause, or else at a word."""
    earliest = match - round(width * BEFORE)
    if earliest <= 0:
        return 0
    for signs in (_SENTENCE_ENDS, _CLAUSE_ENDS):
        end = max(text.rfind(sign, earliest, match) for sign in signs)
        if end >= 0:
            return match - len(text[end + 1 : match].lstrip())
    while earliest < match and not text[earliest - 1].isspace() and text[earliest - 1 : earliest + 1].isascii():
        earliest += 1
    return earliest


def _cut(text: str, start: int, end: int, found) -> list[Piece]:
    cut, place = [], start
    for begin, stop, _number in found:
        if begin > place:
            cut.append(Piece(text[place:begin]))
        if cut and cut[-1].is_match and begin == place:
            cut[-1] = Piece(cut[-1].text + text[begin:stop], True)
        else:
            cut.append(Piece(text[begin:stop], True))
        place = stop
    if place < end:
        cut.append(Piece(text[place:end]))
    return cut
