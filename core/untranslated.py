"""The "not translated yet" page: what is read at an address that exists in the other language alone."""

import datetime
from collections.abc import Callable

from django.template.response import TemplateResponse
from django.utils import timezone
from wagtail.models import Page

from core.dependencies import may_be_kept, valid_until
from core.languages import LANGUAGES, other_language
from core.navigation import Crumb
from core.pairing import Alternate, language_of

#: Asked for the day by which the translation of a page follows; None where nobody has promised one.
Source = Callable[[Page], datetime.date | None]

_sources: list[Source] = []


def register(source: Source) -> None:
    _sources.append(source)


def not_translated_response(parent, request, original) -> TemplateResponse:
    """Return the page that says, below `parent`, that `original` exists only in the other language.

    Status 200, not indexed, without hreflang: `alternates` tells only that the original exists.
    """
    language = language_of(parent)
    context = parent.get_context(request)
    alternates = {
        language: Alternate(language, request.path, False),
        other_language(language): Alternate(other_language(language), original.get_url(request), True),
    }
    due = next(filter(None, (source(original) for source in _sources)), None)
    is_overdue = due is not None and due < timezone.localdate()
    if due and not is_overdue:
        day_after = datetime.datetime.combine(due + datetime.timedelta(days=1), datetime.time())
        valid_until(timezone.make_aware(day_after).timestamp())
    context |= {
        "original": original,
        "due": due,
        "is_overdue": is_overdue,
        "original_language": other_language(language),
        "alternates": [alternates[entry] for entry in LANGUAGES],
        "breadcrumb": [
            *context["breadcrumb"],
            Crumb(original.title, request.path, other_language(language).tag),
        ],
        "head_title": original.title,
        "description": "",
        "noindex": True,
    }
    response = TemplateResponse(request, "pages/not_translated.html", context)
    response.headers["X-Robots-Tag"] = "noindex"
    may_be_kept()
    return response
