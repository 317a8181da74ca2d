"""Words that the site's own list says to avoid."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from core.languages import BY_CODE, CHINESE
from editorial.checks.grades import Grade
from editorial.checks.manuscripts import Manuscript
from editorial.checks.registry import Fault, Finding, found_in
from editorial.models import ListedWord


def listed_words(manuscript: Manuscript) -> Iterator[Finding]:
    """Yield the listed words that stand in a text of their language: Chinese ones anywhere, English ones as whole words."""
    folded = {language: "\n".join(_folded(manuscript, language)) for language in manuscript.languages}
    for entry in ListedWord.objects.filter(language__in=[language.code for language in folded]):
        language, word = BY_CODE[entry.language], entry.word.casefold()
        if word not in folded[language]:
            continue
        rule = re.compile(re.escape(word) if language is CHINESE else rf"(?<!\w){re.escape(word)}(?!\w)", re.IGNORECASE)
        for passage in manuscript.passages:
            if passage.language is language:
                for match in rule.finditer(passage.text):
                    yield found_in(passage, Fault(*match.span(), _message(entry), Grade(entry.grade)))


def _folded(manuscript: Manuscript, language) -> Iterator[str]:
    return (passage.text.casefold() for passage in manuscript.passages if passage.language is language)


def _message(entry: ListedWord) -> str:
    if entry.replacement:
        return _("“%(word)s” is a word to avoid; write “%(right)s”") % {"word": entry.word, "right": entry.replacement}
    return _("“%s” is a word to avoid") % entry.word
