"""The portal's two languages and the addresses that carry them."""

from dataclasses import dataclass

from django.urls import LocalePrefixPattern
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.utils.translation.trans_real import parse_accept_lang_header


@dataclass(frozen=True)
class Language:
    """`code` is Django's, `prefix` stands in addresses, `tag` (BCP 47) in `lang` and `hreflang`, `name` is its own."""

    code: str
    prefix: str
    tag: str
    name: str

    @property
    def label(self) -> str:
        """What the active language calls this one."""
        return _("Chinese") if self.prefix == "zh" else _("English")


CHINESE = Language("zh-hans", "zh", "zh-Hans", "中文")
ENGLISH = Language("en", "en", "en", "English")
LANGUAGES = (CHINESE, ENGLISH)
BY_CODE = {language.code: language for language in LANGUAGES}
BY_PREFIX = {language.prefix: language for language in LANGUAGES}


def current_language() -> Language:
    """Return the active language, Chinese when another one (or none) is active."""
    return BY_CODE.get(translation.get_language() or "", CHINESE)


def in_brackets(text) -> str:
    """Return `text` in the brackets of the active language, with the blank that English sets before them."""
    return pgettext("a remark behind a word", " (%(remark)s)") % {"remark": text} if text else ""


def other_language(language: Language) -> Language:
    return ENGLISH if language is CHINESE else CHINESE


def language_of_path(path: str) -> Language | None:
    """Return the language whose prefix starts `path` ("/zh/news/"), None where there is none."""
    return BY_PREFIX.get(path.split("/", 2)[1] if path.startswith("/") else "")


def language_of_browser(request) -> Language:
    """Return the language that the browser prefers, Chinese when it names neither."""
    for tag, quality in parse_accept_lang_header(request.META.get("HTTP_ACCEPT_LANGUAGE", "")):
        if not quality:
            continue  # refused, not preferred
        if tag.startswith("zh"):
            return CHINESE
        if tag.startswith("en"):
            return ENGLISH
    return CHINESE


def swap_prefix(path: str, language: Language) -> str:
    """Return `path` below the prefix of `language`; `path` carries a prefix."""
    return f"/{language.prefix}/" + path.split("/", 2)[2]


class ShortPrefixPattern(LocalePrefixPattern):
    """Django's language prefix with the short form: `zh` where the language code is `zh-hans`."""

    @property
    def language_prefix(self) -> str:
        return f"{current_language().prefix}/"
