"""What is the same to whoever searches or compares names: width, case, accents, traditional and simplified characters."""

import unicodedata
from functools import cache, lru_cache

from opencc import OpenCC

#: The inside of a character class of regular expressions: what is written without blanks between words.
HAN = "々〇\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"

_WITH_TRADITIONAL_FORMS = (range(0x3400, 0x4DC0), range(0x4E00, 0xA000), range(0x20000, 0x2A6E0))


@cache
def _simplified() -> dict[str, str]:
    """Return the simplified form of every traditional character, one by one, as OpenCC has it."""
    characters = [chr(code) for block in _WITH_TRADITIONAL_FORMS for code in block]
    # Between line breaks OpenCC meets each character alone and cannot take a phrase for it.
    simplified = OpenCC("t2s").convert("\n".join(characters)).split("\n")
    return {before: after for before, after in zip(characters, simplified, strict=True) if before != after}


class _Folded(dict):
    """A table for `str.translate`, filled as characters are met."""

    def __init__(self):
        super().__init__()
        self.irregular: set[str] = set()  # the characters met that do not fold to one: ligatures, … and invisible ones

    def __missing__(self, code: int) -> str:
        parts = unicodedata.normalize("NFKD", chr(code).casefold())
        folded = "".join(part for part in parts if unicodedata.category(part) not in {"Mn", "Cf"}).casefold()
        self[code] = "".join(_simplified().get(character, character) for character in folded)
        if len(self[code]) != 1:
            self.irregular = {*self.irregular, chr(code)}  # another thread may be reading it
        return self[code]


_FOLDED = _Folded()


def fold(text: str) -> str:
    """Return `text` in the one form that is compared: 「ＹÀNSHĀN 燕山大學」 gives 「yanshan 燕山大学」."""
    return text.translate(_FOLDED)


@lru_cache(maxsize=2_000)  # a text that is found is read for its rank, then for its snippet, and for the next reader
def fold_with_places(text: str) -> tuple[str, list[int] | None]:
    """Return the folded text and, for each of its characters and its end, the place in `text` that it comes from.

    None in place of the list means that each character has kept its place.
    """
    folded = fold(text)
    if not any(character in text for character in _FOLDED.irregular):
        return folded, None
    places = [place for place, character in enumerate(text) for _letter in _FOLDED[ord(character)]]
    return folded, [*places, len(text)]
