"""Blanks where none belongs, and none where one does: what is left of a text pasted from Word or a PDF."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from core.languages import ENGLISH, Language
from editorial.checks.characters import FULL_WIDTH_MARKS, HAN, without_addresses
from editorial.checks.registry import Fault

_BLANK = "[ \t\u00a0\u3000]"
_RULES = [
    (re.compile(rf"(?<=\S){_BLANK}{{2,}}(?=\S)"), gettext_noop("several blanks in a row")),
    (re.compile(rf"^{_BLANK}+(?=\S)", re.MULTILINE), gettext_noop("blanks at the beginning of a line")),
    (re.compile(rf"(?<=[^\s.]){_BLANK}+(?:[,;:!?]|\.(?![\w.]))(?=\s|$)", re.MULTILINE), gettext_noop("a blank before a mark")),
    (re.compile(rf"(?<=\S){_BLANK}+[{FULL_WIDTH_MARKS}]"), gettext_noop("a blank before a full-width mark")),
    (re.compile(rf"[{FULL_WIDTH_MARKS}]{_BLANK}+(?=\S)"), gettext_noop("a blank behind a full-width mark")),
    (re.compile(rf"\({_BLANK}+|(?<=\S){_BLANK}+\)"), gettext_noop("a blank inside brackets")),
    (re.compile(rf"(?<=[{HAN}]){_BLANK}(?=[{HAN}])"), gettext_noop("a blank between Chinese characters")),
    (re.compile(r"[,，、;；:：](?:[ \t]*[,，、;；:：])+|。{2}(?!。)|(?<!\.)\.\.(?!\.)"), gettext_noop("two marks in a row")),
]
_ENGLISH_RULES = [
    (re.compile(r"(?<=[A-Za-z]),(?=[A-Za-z])|(?<=[a-z])[;:](?=[A-Za-z])"), gettext_noop("no blank behind a mark")),
    (re.compile(r"(?<=[a-z]{2})[.!?](?=[A-Z][a-z])"), gettext_noop("no blank between two sentences")),
    (
        re.compile(r"(?<=[a-z]{2})\((?=[A-Za-z]{3,})|(?<=[A-Za-z]{3})\)(?=[A-Za-z]{2})"),
        gettext_noop("no blank beside brackets"),
    ),
]


def broken_spacing(text: str, language: Language) -> Iterator[Fault]:
    """Yield blanks that are too many or missing. A text in Chinese may hold English words with or without blanks around."""
    plain, end = without_addresses(text), -1
    found = [
        (match.start(), match.end(), message)
        for rule, message in (_RULES + _ENGLISH_RULES if language is ENGLISH else _RULES)
        for match in rule.finditer(plain)
    ]
    for start, stop, message in sorted(found):
        if start >= end:  # a place has one fault, though several rules may name it
            yield Fault(start, stop, _(message))
            end = stop
