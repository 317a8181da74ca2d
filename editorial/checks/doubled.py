"""Words that stand twice in a row by mistake."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from core.languages import Language
from editorial.checks.characters import HAN, without_addresses
from editorial.checks.registry import Fault
from editorial.checks.word_lists import words

_ENGLISH = re.compile(r"\b([A-Za-z]{2,})[ \t\u00a0]+(\1)\b", re.IGNORECASE)
_CHINESE = re.compile(rf"([{HAN}]{{1,8}})\1")


def doubled_words(text: str, _language: Language) -> Iterator[Fault]:
    """Yield words that stand twice in a row, in either language, save where the language itself does so."""
    plain = without_addresses(text)
    for match in _ENGLISH.finditer(plain):
        # Pago Pago and Lin Lin are names.
        is_name = all(part.istitle() for part in match.groups())
        if not is_name and match[1].lower() not in words("said_twice_english"):
            yield _fault(match)
    kept = {place for word in words("particles_twice") for found in re.finditer(word, plain) for place in range(*found.span())}
    for match in _CHINESE.finditer(plain):
        if match.start() not in kept and _is_mistake(match[1]):
            yield _fault(match)


def _is_mistake(word: str) -> bool:
    """Single characters stand twice in many words (常常, 谢谢), and so do those that mean one after the other (一个一个)."""
    if len(word) == 1:
        return word in words("particles")
    return not (word in words("said_twice_chinese") or word.startswith(("一", "半")) or len(set(word)) == 1)


def _fault(match: re.Match) -> Fault:
    return Fault(match.start(), match.end(), _("“%s” stands twice") % match[1])
