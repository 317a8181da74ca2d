"""The sitemap of both trees: every public address with its counterpart as hreflang alternates.

Page types add the addresses they serve below their own through Wagtail's `get_sitemap_urls`.
"""

from django.http import HttpResponse
from django.template.loader import render_to_string
from wagtail.models import Page, Site

from core.addresses import absolute_url
from core.dependencies import may_be_kept
from core.languages import BY_CODE, LANGUAGES
from core.methods import read_only
from core.visibility import visible


@read_only
def sitemap(request) -> HttpResponse:
    """Return the sitemap (sitemaps.org 0.9 with xhtml alternates)."""
    may_be_kept()
    addresses = public_addresses(request)
    entries = [
        {"location": absolute_url(path), "lastmod": lastmod, "alternates": _alternates(paths)}
        for paths in addresses.values()
        for path, lastmod in paths.values()
    ]
    return HttpResponse(render_to_string("sitemap.xml", {"entries": entries}), content_type="application/xml")


def public_addresses(request) -> dict:
    """Return every public address: a key for each content, to its path and date of change by language."""
    site = Site.find_for_request(request)
    roots = site.root_page.get_translations(inclusive=True)
    addresses: dict = {}
    for root in roots.select_related("locale"):
        language = BY_CODE[root.locale.language_code]
        pages = visible(Page.objects.descendant_of(root, inclusive=True)).order_by("path").specific()
        for page in pages:
            page.locale = root.locale  # a query for each page otherwise
            own_path = page.get_url(request)
            for entry in page.get_sitemap_urls(request):
                key = (page.translation_key, entry["location"].removeprefix(own_path))
                addresses.setdefault(key, {})[language] = (entry["location"], entry.get("lastmod"))
    return addresses


def _alternates(paths: dict) -> list[tuple[str, str]]:
    present = [language for language in LANGUAGES if language in paths]
    alternates = [(language.tag, absolute_url(paths[language][0])) for language in present]
    return [*alternates, ("x-default", absolute_url(paths[present[0]][0]))]
