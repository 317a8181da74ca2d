"""Which addresses the mirror holds.

Roots are the addresses of the sitemap, as each page names them, and what machines ask for. To the family of a root belongs what
its pages link to below its own address (feeds, exports, side by side), the address of the same route in the other language
where it is no root itself ("not translated yet"), and the same address with a query within these limits: one parameter beside
the number of a page, and no page beyond LIST_PAGES. Everything else is the server's: searches, forms, documents, drawings.
"""

import html
import re
from collections.abc import Iterator
from operator import attrgetter
from urllib.parse import parse_qsl

from django.conf import settings
from django.test import RequestFactory
from wagtail.models import Page, PageViewRestriction

from core.addresses import public_host
from core.dependencies import EVERYTHING, narrowed, recording
from core.languages import LANGUAGES, language_of_path, other_language, swap_prefix
from core.visibility import visible

LIST_PAGES = 3  # of each list: a publication moves what stands on all of them
PAGE_NUMBER = "page"
SITEMAP = "/sitemap.xml"
CHUNK = 200  # pages that are read at once
SERVICES = ("/robots.txt", SITEMAP, *(f"/manifest-{language.prefix}.webmanifest" for language in LANGUAGES))
_LINK = re.compile(rb'\b(?:href|src)="([^"#]+)|<loc>([^<]+)</loc>')
_QUERY = re.compile(r"[A-Za-z0-9=&._%-]{1,120}")


def page_request():
    """Return the request that pages are asked with for their addresses."""
    return RequestFactory().get("/", HTTP_HOST=public_host())


def roots_of(pk: int, request) -> list[str]:
    """Return the addresses that the page `pk` names for the sitemap; none where readers do not see it."""
    # Whether they see it depends on the page and on what `touches_all_pages` names.
    with narrowed(f"{Page._meta.db_table}:{pk}"):
        page = visible(Page.objects.filter(pk=pk)).specific().select_related("locale").first()
    return _roots(page, request) if page else []


def all_pages() -> Iterator[int]:
    """Return the keys of all pages that readers see."""
    return visible(Page.objects.filter(depth__gt=1)).order_by("path").values_list("pk", flat=True).iterator()


def roots_of_all(request) -> Iterator[tuple[int, list[str], frozenset[str]]]:
    """Return the key of each page that readers see with its roots and with the tags that were read for them, as `roots_of` does
    for one, from CHUNK pages at once."""
    keys, named = list(all_pages()), f"{Page._meta.db_table}:"
    for start in range(0, len(keys), CHUNK):
        pages = visible(Page.objects.filter(pk__in=keys[start : start + CHUNK])).specific().select_related("locale")
        with recording() as together, narrowed():
            pages = sorted(pages, key=attrgetter("path"))
        shared = {tag for tag in together.tags if not tag.startswith(named)}
        for page in pages:
            with recording() as read:
                roots = _roots(page, request)
            yield page.pk, roots, frozenset({*shared, *read.tags, f"{named}{page.pk}"})


def _roots(page, request) -> list[str]:
    return [entry["location"] for entry in page.get_sitemap_urls(request) if entry["location"]]


def touches_all_pages(tags) -> bool:
    """Return whether a change of `tags` may show or hide pages that it does not name."""
    tables = ("~" + Page._meta.db_table, PageViewRestriction._meta.db_table, "~" + PageViewRestriction._meta.db_table)
    return EVERYTHING in tags or any(tag.split(":")[0] in tables for tag in tags)


def pages_named(tags) -> set[int]:
    """Return the keys of the pages that a change of `tags` names."""
    table = Page._meta.db_table
    keys = (tag.partition("/")[0].partition(":") for tag in tags)
    return {int(key) for name, _colon, key in keys if name == table and key.isdecimal()}


def links_in(address: str, body: bytes) -> set[str]:
    """Return the portal's own addresses that the page at `address` links to."""
    path, own, found = address.partition("?")[0], settings.BASE_URL, set()
    for groups in _LINK.findall(body):
        link = html.unescape((groups[0] or groups[1]).decode())
        link = link.removeprefix(own) if link.startswith(f"{own}/") else link
        if link.startswith("?"):
            found.add(path + link)
        elif link.startswith("/") and not link.startswith("//"):
            found.add(link)
    return found


def may_belong(root: str, link: str) -> bool:
    """Return whether `link` may belong to the family of `root`: its address says so."""
    path, _mark, query = link.partition("?")
    if query:
        return path == root and _is_within_limits(query)
    if root == SITEMAP:
        return path.startswith("/sitemap") and path != root
    language = language_of_path(root)
    if language is None or path == root:
        return False
    return path.startswith(root) or path == swap_prefix(root, other_language(language))


def _is_within_limits(query: str) -> bool:
    if not _QUERY.fullmatch(query) or not query.strip("."):  # the query is the name of a folder
        return False
    parameters = parse_qsl(query, keep_blank_values=True)
    page = dict(parameters).get(PAGE_NUMBER, "1")
    others = [name for name, _value in parameters if name != PAGE_NUMBER]
    return len(others) <= 1 and len(parameters) <= 2 and page.isdecimal() and int(page) <= LIST_PAGES


def nearest_root(address: str, is_root) -> str:
    """Return the root that stands nearest above `address`, "" where there is none."""
    path = address.partition("?")[0].rstrip("/")
    while path := path.rpartition("/")[0]:
        if is_root(path + "/"):
            return path + "/"
    return ""
