"""What a reader means by a query: the expression that finds it, and how the query was understood."""

import re
from dataclasses import dataclass, replace

from core.folding import HAN, fold
from search.analysis import PINYIN_LENGTH, is_spelt_in_syllables, runs, stem, tokens
from search.expressions import Expression, Phrase, Prefix, all_of, any_of
from search.vocabulary import LONGEST_NAME, Key, Vocabulary, expression_of, key_of, words_of

MAX_LENGTH = 100  # characters of a query that are read
MAX_UNITS = 16
MIN_PINYIN, MIN_SYLLABLES = 3, 5  # letters of initials, and of full pinyin, that a title is found by
MAX_CHARACTERS = 4  # single Chinese characters that are asked for: each stands in very many texts
PARTS_OF_A_NAME = 3  # words into which a name falls that is also found by them: 重庆 两江 新区
RUN_ON = 4  # from this length on, a Chinese run may be words without blanks between them

_STOP_ENGLISH = """
    a an and are as at by do does for from how in is of on or the to was were what when where which who why with
"""
_STOP_CHINESE = """
    的 了 和 与 及 或 在 是 有 吗 呢 请 对 于 为 从 到 关于 怎么 怎样 如何 什么 哪些 哪里 多少 为什么 可以
    我要 我想 我们 请问 一个 有关
"""
STOP_WORDS = frozenset(_STOP_ENGLISH.split())
STOP_HAN = frozenset(_STOP_CHINESE.split())
_QUOTED = re.compile(r'"([^"]+)"|“([^”]+)”|「([^」]+)」')
_TONE_NUMBER = re.compile(r"(?<=[a-z])[1-5](?!\d)")
_ORDINAL = re.compile(r"第(\d+)[届期批次号]?")
_COUNTED = re.compile(r"(\d+)(?:[年月日]|[家个号次位名项人](?=\W|$))")  # the number says it: 2023年, 35家


@dataclass(frozen=True)
class Unit:
    """A part of a query: its words as they were typed (folded), what finds it, the other names it stands for, and
    the words that it may be made of."""

    words: str
    expression: Expression
    also: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Understood:
    """A query as search understands it; `column` is "text", or "names" where it is taken for pinyin.

    `corrected` is what a misspelt query was read as.
    """

    query: str
    units: tuple[Unit, ...]
    column: str = "text"
    corrected: str = ""

    @property
    def expression(self) -> Expression | None:
        return all_of(unit.expression for unit in self.units)


def understand(query: str, names: Vocabulary) -> Understood:
    """Return what `query` asks for: everything quoted as it stands, each Chinese run, each name, each word."""
    query = query[:MAX_LENGTH]
    units = [_quoted(match) for match in _QUOTED.finditer(query)]
    rest = _QUOTED.sub(" ", query)
    folded = fold(rest)
    units += [Unit(match.group(), Phrase(("第", match[1]))) for match in _ORDINAL.finditer(folded)]
    words: list[str] = []
    for run, is_han, _start in runs(_COUNTED.sub(r" \1 ", _ORDINAL.sub(" ", folded))):
        if not is_han:
            words.append(run)
            continue
        units += [*_words(words, names), _han(run, names)]
        words = []
    units += _words(words, names)
    telling = [unit for unit in units if unit and unit.words not in STOP_WORDS | STOP_HAN]
    return Understood(query, tuple(_bounded(telling or [unit for unit in units if unit])))


def _bounded(units: list[Unit]) -> list[Unit]:
    """Return the first units, of single characters only some."""
    characters = [unit for unit in units if isinstance(unit.expression, Prefix)]
    left_out = set(map(id, characters[MAX_CHARACTERS:]))
    return [unit for unit in units if id(unit) not in left_out][:MAX_UNITS]


def as_pinyin(query: str, names: Vocabulary) -> Understood | None:
    """Return `query` read as pinyin, in full or by initials: of a known name, or of a part of any title; None for a
    query that is no pinyin."""
    folded = _TONE_NUMBER.sub("", fold(query[:MAX_LENGTH]))
    found = list(runs(folded))
    if any(is_han or not (run.isascii() and run.isalpha()) for run, is_han, _start in found):
        return None
    words = [run.replace("v", "u") for run, _is_han, _start in found]
    letters = "".join(words)
    if len(letters) < MIN_PINYIN:
        return None
    if keys := names.sounding(letters):
        return Understood(query, (Unit(letters, any_of(map(expression_of, keys)), tuple(key[0] for key in keys)),))
    if is_spelt_in_syllables(letters) and len(letters) < MIN_SYLLABLES:
        return None  # gong, xian: a syllable or two stand in every other title
    return Understood(query, (Unit(letters, Prefix(letters[:PINYIN_LENGTH])),), column="names")


def respelt(understood: Understood, names: Vocabulary) -> Understood | None:
    """Return the query with each misspelt word as the name one letter off; None where there is none."""
    folded = fold(understood.query)
    words = {run: names.nearest_word(run) for run, is_han, _start in runs(folded) if not is_han}
    if not any(words.values()):
        return None
    corrected = re.sub(f"[^\\W_{HAN}]+", lambda match: words.get(match.group()) or match.group(), folded)
    return replace(understand(corrected, names), corrected=corrected)


def _quoted(match: re.Match) -> Unit | None:
    text = next(filter(None, match.groups()))
    found = list(tokens(text))
    is_han = bool(re.match(f"[{HAN}]", fold(text)[-1:]))
    if len(found) > 1 and is_han:
        found.pop()  # the last character of a run that may go on
    if not found:
        return None
    is_character = len(fold(text)) == 1 and is_han
    return Unit(fold(text), Prefix(found[0]) if is_character else Phrase(tuple(found)))


def _han(run: str, names: Vocabulary) -> Unit:
    own, parts = _named((run,), names), _parts(run, names)
    if len(parts) < 2:
        return Unit(run, own, _also((run,), names))
    expression = any_of([own, all_of(_named((word,), names) for word in parts)])
    return Unit(run, expression, _also((run,), names), tuple(parts))


def _parts(run: str, names: Vocabulary) -> list[str]:
    """Return the telling words of a Chinese run that may be several; a single character stays with its neighbour."""
    if len(run) < RUN_ON or run in names.whole:
        return []
    cut = names.segmenter.cut(run)
    if len(cut) == 1:
        cut = words_of(run)
        cut = cut if len(cut) >= PARTS_OF_A_NAME else []
    parts: list[str] = []
    for word in (word for word in cut if word not in STOP_HAN):
        if parts and (len(word) == 1 or len(parts[-1]) == 1) and parts[-1] + word in run:
            parts[-1] += word
        else:
            parts.append(word)
    return parts


def _named(key: Key, names: Vocabulary) -> Expression:
    return any_of(map(expression_of, [key, *names.synonyms(key)]))


def _also(key: Key, names: Vocabulary) -> tuple[str, ...]:
    """Return the other names of what `key` is a name of, each once however it is written."""
    others = {fold(name): name for group in sorted(names.by_key.get(key, ())) for name in names.groups[group]}
    return tuple(name for name in others.values() if key_of(name) != key)


def _words(words: list[str], names: Vocabulary) -> list[Unit]:
    """Return the units of consecutive words that are not Chinese, taking the longest names first."""
    units, place = [], 0
    while place < len(words):
        for end in range(min(len(words), place + LONGEST_NAME), place, -1):
            part = words[place:end]
            key = tuple(stem(word) for word in part)
            heard = _heard("".join(part), names)
            if key in names.by_key or heard or end == place + 1:
                units.append(Unit(" ".join(part), any_of([_named(key, names), *heard]), _also(key, names)))
                place = end
                break
    return units


def _heard(letters: str, names: Vocabulary) -> list[Expression]:
    """Return what finds the Chinese names, or words, that `letters` are the pinyin of."""
    if len(letters) <= MIN_PINYIN or not (letters.isascii() and letters.isalpha()):
        return []
    letters = letters.replace("v", "u")
    if keys := names.sounding(letters):
        return [_named(key, names) for key in keys]
    words = names.spelt_out(letters)
    return [all_of(any_of(_named((word,), names) for word in sorted(homophones)) for homophones in words)] if words else []
