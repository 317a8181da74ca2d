"""The sitemap of both trees: an index of parts, and in them every public address with its counterpart as hreflang alternates.

A part holds the addresses of the pages whose keys lie within one stretch: a page stays in its part, and a part costs the same
however many there are. Page types add the addresses they serve below their own through Wagtail's `get_sitemap_urls`.
"""

from functools import reduce
from operator import or_

from django.db.models import F, Q
from django.http import Http404, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from wagtail.models import Page, Site

from core.addresses import absolute_url
from core.dependencies import may_be_kept
from core.languages import BY_CODE, LANGUAGES
from core.methods import read_only
from core.visibility import visible

STRETCH = 100  # keys of pages: a part is made anew with each change of one of them; an index names 50,000 parts at most


@read_only
def sitemap(request) -> HttpResponse:
    """Return the index of the sitemap's parts (sitemaps.org 0.9)."""
    may_be_kept()
    parts = (
        _pages(_roots(request))
        .annotate(part=(F("pk") - 1) / STRETCH + 1)
        .order_by("part")
        .values_list("part", flat=True)
        .distinct()
    )
    locations = [absolute_url(reverse("sitemap_part", args=[part])) for part in parts]
    return _xml("sitemap_index.xml", {"locations": locations})


@read_only
def sitemap_part(request, part: int) -> HttpResponse:
    """Return a part of the sitemap (sitemaps.org 0.9 with xhtml alternates)."""
    may_be_kept()
    own = _pages(_roots(request)).filter(pk__gt=(part - 1) * STRETCH, pk__lte=part * STRETCH)
    shown = set(own.values_list("translation_key", "locale__language_code"))
    if not shown:
        raise Http404(f"The sitemap has no part {part}")
    entries = [
        {"location": absolute_url(path), "lastmod": lastmod, "alternates": _alternates(paths)}
        for (key, _route), paths in public_addresses(request, own).items()
        for language, (path, lastmod) in paths.items()
        if (key, language.code) in shown
    ]
    return _xml("sitemap.xml", {"entries": entries})


def public_addresses(request, pages=None) -> dict:
    """Return every public address: a key for each content, to its path and date of change by language; with a queryset of
    `pages`, those of these and their counterparts alone."""
    roots = _roots(request)
    found = _pages(roots)
    if pages is not None:
        found = found.filter(translation_key__in=pages.order_by().values("translation_key"))
    locales = {root.locale_id: root.locale for root in roots}
    addresses: dict = {}
    for page in found.order_by("path").specific(defer=True):
        page.locale = locales[page.locale_id]  # a query for each page otherwise
        language, own_path = BY_CODE[page.locale.language_code], page.get_url(request)
        for entry in page.get_sitemap_urls(request):
            key = (page.translation_key, entry["location"].removeprefix(own_path))
            addresses.setdefault(key, {})[language] = (entry["location"], entry.get("lastmod"))
    return addresses


def _roots(request) -> list[Page]:
    site = Site.find_for_request(request)
    return list(site.root_page.get_translations(inclusive=True).select_related("locale"))


def _pages(roots: list[Page]):
    """Return the public pages of the trees below `roots`."""
    # The sum is no column with an index: SQLite would else read all pages of a language where a few keys are asked for.
    pages = Page.objects.alias(tree=F("locale_id") + 0)
    return visible(pages.filter(reduce(or_, (Q(path__startswith=root.path, tree=root.locale_id) for root in roots))))


def _alternates(paths: dict) -> list[tuple[str, str]]:
    present = [language for language in LANGUAGES if language in paths]
    alternates = [(language.tag, absolute_url(paths[language][0])) for language in present]
    return [*alternates, ("x-default", absolute_url(paths[present[0]][0]))]


def _xml(template: str, context: dict) -> HttpResponse:
    return HttpResponse(render_to_string(template, context), content_type="application/xml")
