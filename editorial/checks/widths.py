"""Full-width and half-width signs in the wrong company."""

import re
import unicodedata
from collections.abc import Iterator

from django.utils.translation import gettext as _

from core.languages import CHINESE, Language
from editorial.checks.characters import HAN, HIDDEN, without_addresses
from editorial.checks.registry import Fault

_LETTERS = re.compile("[０-９Ａ-Ｚａ-ｚ]+")
_CLOSING = "）》」』】”’"
#: Half-width marks that end or divide a Chinese sentence, and brackets around Chinese words.
_HALF_WIDTH = re.compile(
    rf"(?<=[{HAN}{_CLOSING}])[,;!?](?![0-9])"
    rf"|(?<=[{HAN}{_CLOSING}]):(?=[{HAN}“《「])"
    rf"|(?<=[{HAN}{_CLOSING}])\.(?=\s|[{HAN}]|$)"
    rf"|(?<=[{HAN}])\((?=[{HAN}])|(?<=[{HAN}])\)(?=[{HAN}，。；：、]|$)",
    re.MULTILINE,
)
_FULL_WIDTH = re.compile(rf"(?<![{HAN}{_CLOSING}“‘])[，。；：！？、（）](?![{HAN}“‘《「『【])")
#: After a Chinese name, brackets are full-width whatever they hold.
_CHINESE_BRACKETS = re.compile(rf"(?<=[{HAN}])（[^（）\n]*）")
_RIGHT = str.maketrans(",;!?:.()", "，；！？：。（）")


def mixed_widths(text: str, language: Language) -> Iterator[Fault]:
    """Yield letters and digits in full width, half-width marks between Chinese words, full-width ones between English words."""
    plain = without_addresses(text)
    for match in _LETTERS.finditer(plain):
        yield _fault(match, unicodedata.normalize("NFKC", match[0]))
    if language is CHINESE:
        for match in _HALF_WIDTH.finditer(plain):
            yield _fault(match, match[0].translate(_RIGHT))
    else:
        plain = _CHINESE_BRACKETS.sub(lambda match: HIDDEN * len(match[0]), plain)
        for match in _FULL_WIDTH.finditer(plain):
            yield _fault(match, unicodedata.normalize("NFKC", match[0]).replace("。", ".").replace("、", ","))


def _fault(match: re.Match, right: str) -> Fault:
    message = _("“%(found)s” should be “%(right)s”") % {"found": match[0], "right": right}
    return Fault(match.start(), match.end(), message)
