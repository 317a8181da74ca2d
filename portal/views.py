"""What stands outside the page trees: the way in, old prefixes, and what is said when something is wrong."""

from django.http import HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.encoding import escape_uri_path
from django.utils.translation import gettext_lazy

from core.languages import BY_CODE, CHINESE, LANGUAGES, language_of_browser
from core.malformed import MalformedInput
from core.methods import read_only
from core.structure import SiteStructure, structure_of
from search.models import SearchPage

LIKELY_PAGES = 7
_TITLES = {
    400: gettext_lazy("This request cannot be read"),
    403: gettext_lazy("This may not be done"),
    404: gettext_lazy("There is no page at this address"),
}


@read_only
def root(request):
    """Lead to the front page in the language the browser prefers, Chinese when it names neither."""
    response = HttpResponseRedirect(f"/{language_of_browser(request).prefix}/")
    patch_vary_headers(response, ["Accept-Language"])
    return response


@read_only
def long_prefix(request, rest=""):
    """Redirect an address with Django's own language code (/zh-hans/…, /zh-cn/…) to the short prefix."""
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"/{CHINESE.prefix}/{escape_uri_path(rest)}" + (f"?{query}" if query else ""))


def _error(request, status: int, template: str, detail: str = "") -> HttpResponse:
    """Answer with a page in both languages, that of the address first; `detail` says what is wrong and what to do."""
    own = BY_CODE[getattr(request, "LANGUAGE_CODE", CHINESE.code)]
    languages = sorted(LANGUAGES, key=lambda language: language is not own)
    texts = []
    for place, language in enumerate(languages):
        with translation.override(language.code):
            ways = _ways_on(structure_of(request), language) if status == 404 else {}
            texts.append(
                render_to_string(template, ways | {"language": language, "heading": "h2" if place else "h1", "detail": detail})
            )
    with translation.override(own.code):
        context = {"texts": texts, "status": status, "title": _TITLES.get(status, status), "language": own}
        return render(request, "pages/error.html", context, status=status)


def _ways_on(structure: SiteStructure, language) -> dict:
    """Return the path of the search page of `language` and the pages that a lost reader may want."""
    pages = [page for page in structure.pages if page.locale.language_code == language.code]
    search = next((page for page in pages if page.specific_class is SearchPage), None)
    likely = [page for page in pages if page is not search][:LIKELY_PAGES]
    return {"search_path": search.url if search else "", "pages": likely}


def page_not_found(request, exception=None):
    return _error(request, 404, "components/errors/not_found.html")


def permission_denied(request, exception=None):
    return _error(request, 403, "components/errors/forbidden.html")


def bad_request(request, exception=None):
    detail = exception.args[0] if isinstance(exception, MalformedInput) else ""
    return _error(request, 400, "components/errors/bad_request.html", detail)


def csrf_failure(request, reason=""):
    return _error(request, 403, "components/errors/forbidden.html")


def server_error(request):
    """Answer a fault of our own, without the database and without the page frame's data."""
    return HttpResponse(render_to_string("500.html"), status=500)
