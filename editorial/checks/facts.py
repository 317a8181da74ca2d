"""Texts that do not say when something was, or who says so."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from modeltranslation.manager import get_translatable_fields_for_model
from modeltranslation.utils import build_localized_fieldname

from editorial.checks.manuscripts import Manuscript
from editorial.checks.registry import Finding


def missing_date(manuscript: Manuscript) -> Iterator[Finding]:
    return _missing(manuscript, "date", _("the date is missing"))


def missing_source(manuscript: Manuscript) -> Iterator[Finding]:
    return _missing(manuscript, "source", _("the source is missing"))


def _missing(manuscript: Manuscript, name: str, message: str) -> Iterator[Finding]:
    """Yield the field `name`, in each language it has, where the page or record has such a field and it is empty."""
    kind = type(manuscript.item)
    if all(entry.name != name for entry in kind._meta.get_fields()):
        return
    is_translated = name in (get_translatable_fields_for_model(kind) or ())
    for language in manuscript.languages if is_translated else (None,):
        column = build_localized_fieldname(name, language.code) if language else name
        if not str(getattr(manuscript.item, column) or "").strip():
            yield Finding(manuscript.place(name, language), message)
