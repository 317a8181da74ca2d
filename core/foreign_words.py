"""Words of the other language inside a text, marked as such for voices and typefaces (WCAG 2.2, 3.1.2 Language of Parts)."""

import re

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from core.languages import CHINESE, ENGLISH, current_language, other_language

_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_TAGS = re.compile(r"(<[^>]*>)")
_FOREIGN = {
    # A run of characters with the marks and numbers between them, as in 新科协发〔2023〕113号.
    CHINESE: re.compile(rf"[{_HAN}](?:[{_HAN}，。、；：·（）〔〕《》“”0-9]*[{_HAN}）〕》])?"),
    # Three words or more; names of one or two words are no change of language.
    ENGLISH: re.compile(r"[A-Za-z][A-Za-z'’.-]*(?:,? (?:&amp; )?[A-Za-z(][A-Za-z'’().-]*){2,}"),
}


def with_languages(text) -> SafeString:
    """Return `text` (HTML where it is marked safe, else escaped) with each run of words of the other language in a span
    with its `lang`; tags and what stands in them are left as they are."""
    html = conditional_escape(text)
    language = other_language(current_language())
    pattern, opening = _FOREIGN[language], f'<span lang="{language.tag}">'
    if not pattern.search(html):
        return html
    pieces = _TAGS.split(html)
    pieces[::2] = [pattern.sub(lambda found: f"{opening}{found[0]}</span>", piece) for piece in pieces[::2]]
    return mark_safe("".join(pieces))  # noqa: S308 - escaped above, or safe before
