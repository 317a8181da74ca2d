"""The "not translated yet" page: what is read at an address that exists in the other language alone."""

from django.template.response import TemplateResponse

from core.dependencies import may_be_kept
from core.languages import LANGUAGES, other_language
from core.navigation import Crumb
from core.pairing import Alternate, language_of


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
    context |= {
        "original": original,
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
