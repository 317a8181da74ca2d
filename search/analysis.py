"""The one analysis of text, for what is indexed and for what is asked, on both databases.

A run of Chinese characters becomes its overlapping pairs and its last character (燕山大学: 燕山 山大 大学 学), so that any
part of it is a sequence of tokens; an English word becomes its stem. Tokens consist of small ASCII letters, digits and
common Chinese characters only, which both databases keep as they are; other letters are spelt by their code points.
"""

import re
import threading
from collections.abc import Iterator
from functools import cache, lru_cache

import snowballstemmer

from core.folding import HAN, fold
from core.pinyin import syllables

MAX_TOKEN_LENGTH = 64
#: PostgreSQL takes no text vector beyond one megabyte.
MAX_STREAM_BYTES = 900_000
PINYIN_LENGTH, INITIALS_LENGTH = 30, 12

_RUNS = re.compile(f"(?P<han>[{HAN}]+)|(?P<word>[^\\W_{HAN}]+)")
_KEPT_HAN = (*range(0x3400, 0x4DB6), *range(0x4E00, 0x9FCD))  # those of Unicode 6.1, which SQLite knows
_UNENCODED = frozenset((*map(ord, "abcdefghijklmnopqrstuvwxyz0123456789"), *_KEPT_HAN))


class _Encoding(dict):
    def __missing__(self, code: int) -> str:
        self[code] = chr(code) if code in _UNENCODED else f"u{code:06x}"
        return self[code]


_ENCODING = _Encoding()
_COMMON = re.compile("[\u3400-\u4db5\u4e00-\u9fcc]*")  # what needs no encoding
_stemmers = threading.local()  # a stemmer keeps the word it works on


def encode(token: str) -> str:
    """Return `token` in the characters that both databases keep, cut to what they index."""
    return token.translate(_ENCODING)[:MAX_TOKEN_LENGTH]


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """Return the token of a folded word: its English stem, or the word itself where it is no English word."""
    if not (word.isascii() and word.isalpha()):
        return encode(word)
    if not hasattr(_stemmers, "english"):
        _stemmers.english = snowballstemmer.stemmer("english")
    return _stemmers.english.stemWord(word[:MAX_TOKEN_LENGTH])


def runs(folded: str) -> Iterator[tuple[str, bool, int]]:
    """Yield the runs of a folded text: the run, whether it is Chinese, and where it starts."""
    for match in _RUNS.finditer(folded):
        yield match.group(), match.lastgroup == "han", match.start()


def pairs(run: str) -> list[str]:
    """Return the tokens of a part of a Chinese run: its overlapping pairs; one character alone is a token's beginning."""
    found = list(map(str.__add__, run, run[1:]))
    return found if _COMMON.fullmatch(run) else [encode(pair) for pair in found]


def tokens(text: str) -> Iterator[str]:
    """Yield the tokens of `text` in order."""
    for run, is_han, _start in runs(fold(text)):
        if is_han:
            yield from pairs(run)
            yield encode(run[-1])
        else:
            yield stem(run)


def name_tokens(text: str) -> Iterator[str]:
    """Yield what a name or title is suggested by: its pairs, its words, and its pinyin from each character on, in full
    and by initials."""
    for run, is_han, _start in runs(fold(text)):
        if not is_han:
            yield encode(run)
            continue
        yield from pairs(run)
        yield encode(run[-1])
        spoken = syllables_of(run)
        initials = "".join(syllable[:1] for syllable in spoken)
        for place in range(len(spoken)):
            yield "".join(spoken[place : place + PINYIN_LENGTH])[:PINYIN_LENGTH]
            if place < len(spoken) - 1:
                yield initials[place : place + INITIALS_LENGTH]


def syllables_of(text: str) -> list[str]:
    """Return the pinyin of each Chinese character in `text` as it is typed on any keyboard, without tones: 女 gives nu."""
    return [fold(syllable).replace("v", "u") for syllable in syllables(text, errors="ignore")]


@cache
def _syllables() -> frozenset[str]:
    """Return every syllable of pinyin."""
    return frozenset(syllables_of("".join(map(chr, range(0x4E00, 0x9FA6)))))


def is_spelt_in_syllables(letters: str) -> bool:
    """Return whether `letters` are full syllables of pinyin, and not initials or an English word."""
    ends = {0}
    for end in range(1, len(letters) + 1):
        if any(start in ends and letters[start:end] in _syllables() for start in range(max(0, end - 6), end)):
            ends.add(end)
    return len(letters) in ends


def full_pinyin(text: str) -> str:
    """Return the pinyin of the Chinese in `text` as one word: 燕山大学 gives `yanshandaxue`."""
    return "".join(syllables_of(text))


def initials_of(text: str) -> str:
    """Return the first letters of the pinyin of `text`: 燕山大学 gives `ysdx`."""
    return "".join(syllable[:1] for syllable in syllables_of(text))


def stream(found: Iterator[str]) -> str:
    """Return tokens as both databases store them: parted by single blanks, the same token as often as it occurs, cut
    where PostgreSQL would refuse them."""
    text = " ".join(found)
    if len(text) * 3 <= MAX_STREAM_BYTES or len(text.encode()) <= MAX_STREAM_BYTES:
        return text
    return text.encode()[:MAX_STREAM_BYTES].decode(errors="ignore").rpartition(" ")[0]
