"""Lines that were left in Chinese in an English text: a translation is begun from a copy of the original."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from core.languages import ENGLISH, Language
from editorial.checks.characters import HAN
from editorial.checks.registry import Fault

_LINE = re.compile(r"[^\n]+")
_HAN = re.compile(f"[{HAN}]")
_LATIN = re.compile("[A-Za-z]")
FEWEST = 10  # characters: a shorter line may be a name, which an English text may quote


def untranslated_lines(text: str, language: Language) -> Iterator[Fault]:
    """Yield the lines of an English text that are written in Chinese, with no more Latin letters than characters."""
    if language is not ENGLISH:
        return
    for match in _LINE.finditer(text):
        characters = len(_HAN.findall(match[0]))
        if characters >= FEWEST and characters >= len(_LATIN.findall(match[0])):
            yield Fault(match.start(), match.end(), _("this is not translated yet"))
