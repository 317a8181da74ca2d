"""Pinyin of Chinese names: for slugs, for sorting, for finding a name by its sound."""

import re
from functools import lru_cache

from django.utils.text import slugify

_SIGNS = re.compile(r"(?:[^\w\s'’-]|_)+")  # an apostrophe parts no words, a long dash does


def syllables(text: str, style: str = "NORMAL", **options) -> list[str]:
    """Return the pinyin of `text` by syllables, in a style and with the options of pypinyin."""
    from pypinyin import Style, lazy_pinyin  # 55 MB of dictionaries: many commands need none

    return lazy_pinyin(text, style=Style[style], **options)


def _words(text: str) -> str:
    return _SIGNS.sub(" ", text)


@lru_cache(maxsize=4096)  # the headings of a page give their anchors each time that it is shown
def pinyin_slug(title: str, max_length: int = 80) -> str:
    """Return an ASCII slug for `title`, its Chinese by syllables: 第3届大会 gives `di-3-jie-da-hui`.

    Cut at a hyphen where it would exceed `max_length`; empty when nothing in `title` can be written in ASCII.
    """
    slug = slugify(" ".join(syllables(title, errors=_words)))
    if len(slug) > max_length:
        slug = slug[:max_length].rsplit("-", 1)[0]
    return slug


def pinyin_sort_key(name: str, max_length: int = 255) -> str:
    """Return a text that sorts Chinese names by pinyin with tone, and English ones by their words.

    It holds only small ASCII letters, digits and single blanks, which every database compares alike.
    """
    numbered = syllables(name, "TONE3", neutral_tone_with_five=True, errors=_words)
    return slugify(" ".join(numbered)).replace("-", " ")[:max_length]


def pinyin_search_text(name: str, max_length: int = 500) -> str:
    """Return full pinyin without blanks and the initials: 燕山大学 gives `yanshandaxue ysdx`."""
    full = "".join(syllables(name, errors="ignore"))
    initials = "".join(syllables(name, "FIRST_LETTER", errors="ignore"))
    return f"{full} {initials}".strip()[:max_length]


def pinyin_reading(name: str, max_length: int = 500) -> str:
    """Return how `name` is read, by syllables with their tones: 燕山大学 gives `yān shān dà xué`."""
    return " ".join(" ".join(syllables(name, "TONE", errors=_words)).split())[:max_length]
