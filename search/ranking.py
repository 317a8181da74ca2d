"""The order of the best hits, from what is read of them: the same on both databases, and explained part by part."""

from dataclasses import dataclass
from functools import lru_cache

from core.findable import Kind
from core.folding import fold, fold_with_places
from search.analysis import name_tokens, runs, stream, tokens
from search.expressions import All, Any, Expression, Phrase, holds
from search.understanding import Understood
from search.vocabulary import words_of

#: How much a full answer in each place is worth, and what a kind of item adds: a reader who names a base wants its page.
TITLE, NAMES, SUMMARY, TEXT = 10.0, 6.0, 3.0, 2.5
WHOLE_TITLE, WHOLE_NAME = 12.0, 10.0
TITLE_SHARE = 4.0
NAMES_TOGETHER = 0.5  # what a record's names say between them, as its place and its kind, beside a title that says it
KINDS = {Kind.BASES: 2.0, Kind.PROGRAMME: 1.0, Kind.PAGES: 0.5, Kind.NEWS: 0.0, Kind.DOCUMENTS: 0.0}
LATER_ALTERNATIVE = 0.9  # what the words of a run, or another name, are worth beside what was typed
INSIDE_A_WORD = 0.3  # 北大 in 东北大学
SHORT_NAME = 3
CACHED = 10_000  # titles and summaries whose analysis is kept


@dataclass(frozen=True)
class Rank:
    """The parts of a hit's score, each by its name."""

    parts: dict[str, float]

    @property
    def total(self) -> float:
        return round(sum(self.parts.values()), 4)


def rank(entry, understood: Understood) -> Rank:
    """Return the rank of `entry`, which carries the `opening` of its text, for the query; greater is better."""
    typed = _plain(understood.query)
    names = [name for name in entry.names.split("\n") if name]
    analysed = _names_stream if understood.column == "names" else _text_stream
    parts = {"text": TEXT * _verbatim(understood, entry.opening), "kind": KINDS[Kind(entry.kind)]}
    title = _answers(understood, analysed(entry.title), entry.title)
    if entry.page_id:
        parts["title"] = TITLE * title
        parts["names"] = NAMES * max((_answers(understood, analysed(name), name) for name in names), default=0.0)
        parts["summary"] = SUMMARY * _answers(understood, _text_stream(entry.summary), "")
    else:  # a record is what its names say, all together; a long one says it less
        named = [_answers(understood, analysed(name), name) * _share(typed, name) for name in names]
        together = _answers(understood, " \n ".join(map(analysed, names)), "")
        parts["title"] = TITLE * max([title, NAMES_TOGETHER * together, *named])
        parts["names"] = NAMES * max(named, default=0.0)
    if typed and typed == _plain(entry.title):
        parts["whole title"] = WHOLE_TITLE
    elif typed and not entry.page_id and typed in map(_plain, names):
        parts["whole name"] = WHOLE_NAME
    elif title:
        asked_for = sum(len(unit.words) for unit in understood.units)
        parts["share of title"] = TITLE_SHARE * title * min(1.0, asked_for / max(1, len(_plain(entry.title))))
    return Rank({name: round(value, 4) for name, value in parts.items() if value})


def _verbatim(understood: Understood, text: str) -> float:
    """Return the share of the query's parts that stand in a text as they were typed."""
    if not understood.units:
        return 0.0
    folded = fold_with_places(text)[0]
    return sum(unit.words in folded for unit in understood.units) / len(understood.units)


@lru_cache(maxsize=CACHED)
def _text_stream(text: str) -> str:
    return stream(tokens(text))


@lru_cache(maxsize=CACHED)
def _names_stream(text: str) -> str:
    return stream(name_tokens(text))


@lru_cache(maxsize=CACHED)
def _plain(text: str) -> str:
    return " ".join(run for run, _is_han, _start in runs(fold(text)))


def _share(typed: str, name: str) -> float:
    """Return what a match in a long name is worth, from 0.5 to 1 for one that is all of it."""
    return 0.5 + 0.5 * min(1.0, len(typed) / max(1, len(_plain(name))))


def _answers(understood: Understood, text_stream: str, original: str) -> float:
    """Return how much of the query a text answers, from 0 to 1; half of its parts say less than half of it."""
    if not understood.units or not text_stream:
        return 0.0
    strengths = [_strength(unit.expression, text_stream, original) for unit in understood.units]
    return (sum(strengths) / len(strengths)) ** 2


def _strength(expression: Expression, text_stream: str, original: str) -> float:
    if isinstance(expression, All):  # half of the words say less than half of what is asked
        return (sum(_strength(part, text_stream, original) for part in expression.parts) / len(expression.parts)) ** 2
    if isinstance(expression, Any):
        strengths = [_strength(part, text_stream, original) for part in expression.parts]
        return max(strengths[0], LATER_ALTERNATIVE * max(strengths[1:]))
    if not holds(expression, text_stream):
        return 0.0
    return INSIDE_A_WORD if original and _cuts_words(expression, original) else 1.0


def _cuts_words(expression: Expression, original: str) -> bool:
    """Return whether a short Chinese name stands in `original` only from the middle of a word on."""
    if not isinstance(expression, Phrase) or expression.tokens[0].isascii() or len(expression.tokens) >= SHORT_NAME:
        return False
    name = expression.tokens[0] + "".join(token[-1] for token in expression.tokens[1:])
    for run, is_han, _start in runs(fold(original)):
        if not is_han or name not in run:
            continue
        borders, end = {0}, 0
        for word in words_of(run):
            end += len(word)
            borders.add(end)
        place = run.find(name)
        while place >= 0:
            if place in borders:
                return False
            place = run.find(name, place + 1)
    return True
