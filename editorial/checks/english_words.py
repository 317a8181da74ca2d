"""Which words of English there are, by the lists that zxcvbn guesses passwords with."""

import re
from collections.abc import Iterator

_LISTS = ("english_wikipedia", "us_tv_and_film", "passwords", "surnames", "female_names", "male_names")
#: A word has one list alone: common ones stand among the passwords too.
_COMMON = {"english_wikipedia": 15_000, "us_tv_and_film": 12_000, "passwords": 6_000}
_SYLLABLE = (
    "(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?"
    "(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|ei|ao|ou|an|en|in|un|er|ia|ie|iu|ua|uo|ui|ue|a|o|e|i|u)"
)
_ENDINGS = [
    (ending, added)
    for ending in ("s", "es", "ed", "ing", "er", "ers", "or", "ors", "ly", "ness", "able", "ment", "ments")
    for added in ("", "e")
] + [
    ("ies", "y"),
    ("ied", "y"),
    ("ily", "y"),
    ("isation", "ize"),
    ("ization", "ize"),
    ("ise", "ize"),
    ("ised", "ize"),
    ("ising", "ize"),
]
_PINYIN = re.compile(f"(?:{_SYLLABLE})+")


def _ranks(name: str) -> dict[str, int]:
    """Return the words of a list with their ranks."""
    from zxcvbn.matching import RANKED_DICTIONARIES  # lists of 12 MB, for who checks a text

    return RANKED_DICTIONARIES[name]


def is_known(word: str) -> bool:
    """Return whether `word`, in small letters, is a word, an inflected form of one, a common name, or could be pinyin."""
    return _is_listed(word) or any(map(_is_listed, _base_forms(word))) or bool(_PINYIN.fullmatch(word))


def is_common(word: str) -> bool:
    """Return whether `word`, in small letters, is written or said often."""
    return any(_ranks(name).get(word, rank + 1) <= rank for name, rank in _COMMON.items())


def _is_listed(word: str) -> bool:
    return any(word in _ranks(name) for name in _LISTS)


def _base_forms(word: str) -> Iterator[str]:
    """Yield what `word` may be a form of: policies of policy, planning of plan, recruiter of recruit, unseen of seen."""
    for ending, added in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) > 2:
            base = word.removesuffix(ending)
            yield base + added
            if not added and base[-1] == base[-2]:
                yield base[:-1]
    yield from (
        word.removeprefix(start)
        for start in ("un", "re", "non", "pre", "sub", "mis", "dis", "out", "over", "up")
        if word.startswith(start)
    )
