"""How long a text takes to read, counted as its script is read."""

import math
import re

from django.utils.html import strip_tags

from core.languages import CHINESE, Language

# Brysbaert 2019 (English, silent reading of non-fiction); Chinese editors reckon with 300 to 500 characters.
CHARACTERS_PER_MINUTE = 400
WORDS_PER_MINUTE = 238
_HAN = re.compile(r"[\u3400-\u9fff]")


def reading_minutes(body, language: Language) -> int:
    """Return the minutes, at least 1, that the StreamField value `body` takes to read in `language`."""
    text = strip_tags(" ".join(str(part) for part in _texts(body.get_prep_value())))
    if language is CHINESE:
        return max(1, math.ceil(len(_HAN.findall(text)) / CHARACTERS_PER_MINUTE))
    return max(1, math.ceil(len(text.split()) / WORDS_PER_MINUTE))


def _texts(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, part in value.items():
            if name not in {"id", "type"}:
                yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)
