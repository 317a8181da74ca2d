"""The names that search knows: which names mean the same, how they sound, and which words they are made of."""

import threading
import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from core.findable import NAME_SOURCES
from core.folding import fold
from core.languages import CHINESE
from search.analysis import encode, full_pinyin, initials_of, pairs, runs, stem
from search.expressions import Expression, Phrase, Prefix
from terminology.register import current_register

if TYPE_CHECKING:
    from rjieba import Jieba

KEPT_SECONDS = 300  # until names that another process changed are known here
ITEMS_HEARD = 500  # the newest items, whose words are found by their sound
LONGEST_SOUND = 24  # letters
LONGEST_NAME = 12  # words
MIN_INITIALS = 3
MIN_MISSPELT = 5
ALIKE_WORDS, ALIKE_CHARACTERS = 65, 50  # of 100, from which a name resembles what was typed
_FREQUENT = 1_000_000  # in the dictionary of words: a name is not taken apart

Key = tuple[str, ...]


def key_of(name: str) -> Key:
    """Return what a name is known by: a Chinese one as its one run, another as its stems; () for a mixed or empty one."""
    found = list(runs(fold(name)))
    if len(found) == 1 and found[0][1]:
        return (found[0][0],)
    return () if any(is_han for _run, is_han, _start in found) else tuple(stem(run) for run, _is_han, _start in found)


def expression_of(key: Key) -> Expression:
    """Return what finds the name with this key."""
    if len(key) == 1 and not key[0].isascii():
        return Phrase(tuple(pairs(key[0]))) if len(key[0]) > 1 else Prefix(encode(key[0]))
    return Phrase(key)


def words_of(run: str) -> list[str]:
    """Return the words of a Chinese run by the dictionary as it is, in which long names are taken apart."""
    import rjieba  # 29 MB: many commands need no word

    return rjieba.cut(run)


@lru_cache(maxsize=1)  # names seldom change, and a dictionary is large
def _segmenter(names: tuple[str, ...]) -> "Jieba":
    """Return the dictionary of Chinese words with `names`. It is complete before anyone cuts with it: one that grows may not be
    read at the same time."""
    import rjieba

    words = rjieba.Jieba()
    for name in names:
        words.add_word(name, _FREQUENT, "nz")
    return words


@dataclass
class Vocabulary:
    """Groups of equivalent names, found by any of them or by the pinyin of a Chinese one."""

    groups: list[tuple[str, ...]] = field(default_factory=list)
    unshown: set[str] = field(default_factory=set)  # folded: names that find, and are not offered to readers
    by_key: dict[Key, set[int]] = field(default_factory=lambda: defaultdict(set))
    by_pinyin: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    by_sound: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))  # words of titles and summaries
    words: set[str] = field(default_factory=set)
    whole: set[str] = field(default_factory=set)  # terms and official names, which are not taken apart
    _heard: set[str] = field(default_factory=set)

    @cached_property
    def segmenter(self) -> "Jieba":
        """The dictionary of Chinese words with these names."""
        names = {key[0] for key in self.by_key if len(key) == 1 and not key[0].isascii() and len(key[0]) > 1}
        return _segmenter(tuple(sorted(names)))

    def add(self, names: Iterable[str], unshown: Iterable[str] = ()) -> None:
        """Learn names of one thing; by those in `unshown` it is found as well, but nobody is offered them."""
        self.unshown.update(map(fold, unshown))
        group = tuple(dict.fromkeys(name.strip() for name in (*names, *unshown) if name and name.strip()))
        if not group:
            return
        self.groups.append(group)
        for name in group:
            key = key_of(name)
            self.words.update(run for run, is_han, _start in runs(fold(name)) if not is_han and run.isalpha())
            if not key:
                continue
            self.by_key[key].add(len(self.groups) - 1)
            if len(key) == 1 and not key[0].isascii():
                self._add_chinese(key[0])

    def add_whole(self, names: Iterable[str], unshown: Iterable[str] = ()) -> None:
        """Learn names of one thing that are not taken apart."""
        self.add(names, unshown)
        self.whole.update(key[0] for key in map(key_of, (*names, *unshown)) if len(key) == 1)

    def _add_chinese(self, run: str) -> None:
        pinyin = full_pinyin(run)
        self.by_pinyin[pinyin].add(run)
        initials = initials_of(run)
        if len(initials) >= MIN_INITIALS:
            self.by_pinyin[initials].add(run)

    def add_words(self, text: str) -> None:
        """Learn how the Chinese words of a text sound."""
        for run, is_han, _start in runs(fold(text)):
            for word in words_of(run) if is_han else ():
                if len(word) > 1 and word not in self._heard:
                    self._heard.add(word)
                    self.by_sound[full_pinyin(word)].add(word)

    def synonyms(self, key: Key) -> list[Key]:
        """Return the keys of the other names of what has the name `key`."""
        found = {key_of(name): None for group in sorted(self.by_key.get(key, ())) for name in self.groups[group]}
        return [other for other in found if other and other != key]

    def sounding(self, letters: str) -> list[Key]:
        """Return the keys of the Chinese names with this pinyin, in full or by initials."""
        return [(run,) for run in sorted(self.by_pinyin.get(letters, ()))]

    def spelt_out(self, letters: str) -> list[set[str]]:
        """Return the Chinese words that `letters` are the full pinyin of, as few as possible, a set of homophones for each; []
        where they are none."""
        ways: list[list[set[str]] | None] = [[]] + [None] * len(letters)
        for end in range(1, len(letters) + 1):
            for start in range(max(0, end - LONGEST_SOUND), end):
                way, words = ways[start], self.by_sound.get(letters[start:end])
                if way is not None and words and (ways[end] is None or len(way) + 1 < len(ways[end])):
                    ways[end] = [*way, words]
        return ways[-1] or []

    def nearest_word(self, word: str) -> str | None:
        """Return the word of names with the same first letter that is one letter off `word` (another, one more, one less, two
        exchanged); of several the most similar one."""
        if len(word) < MIN_MISSPELT or word in self.words or not word.isalpha():
            return None
        alike = [other for other in self.words if other[0] == word[0] and len(other) >= MIN_MISSPELT - 1]
        found = process.extract(word, alike, scorer=OSA.distance, score_cutoff=1, limit=None)
        return max(
            (other for other, _distance, _place in found), key=lambda other: (fuzz.ratio(word, other), other), default=None
        )

    def like(self, text: str, limit: int) -> list[str]:
        """Return names that resemble `text`, the most similar first."""
        names = {fold(name): name for group in self.groups for name in group}
        folded = fold(text)
        alike = ALIKE_WORDS if folded.isascii() else ALIKE_CHARACTERS
        offered = [name for name in names if name not in self.unshown]
        found = process.extract(folded, offered, scorer=fuzz.ratio, score_cutoff=alike, limit=limit)
        return [names[folded] for folded, _score, _place in found]


_known: tuple[float, Vocabulary] | None = None
_building = threading.Lock()


def vocabulary() -> Vocabulary:
    """Return the vocabulary of the portal's names as they were some minutes ago at most.

    One reader waits while it is built anew; the others go on with the former one.
    """
    global _known
    known = _known
    if known is not None and time.monotonic() - known[0] <= KEPT_SECONDS:
        return known[1]
    if not _building.acquire(blocking=known is None):
        return known[1]
    try:
        current = _known
        if current is known:
            current = _known = (time.monotonic(), _built())
        return (current or known)[1]  # forgotten meanwhile: the next reader has it built
    finally:
        _building.release()


def _built() -> Vocabulary:
    from search.models import Entry, Term

    built = Vocabulary()
    for term in Term.objects.all():
        built.add_whole(term.names)
    for names, variants in current_register().groups():
        built.add_whole(names, variants)
    for source in NAME_SOURCES:
        for group in source():
            built.add(group)
    chinese = Entry.objects.filter(language=CHINESE.code).order_by("-date", "-pk")
    for title, summary in chinese.values_list("title", "summary")[:ITEMS_HEARD]:
        built.add_words(f"{title}\n{summary}")
    built.segmenter  # noqa: B018 - completed before it is shared
    return built


def forget() -> None:
    """Have the names read again when they are next asked for."""
    global _known
    _known = None
