"""Structured data for search engines (schema.org, as JSON-LD), from what a page's context already holds."""

import json

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from core.addresses import absolute_url
from core.languages import current_language

_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def as_json_ld(graph: list[dict]) -> SafeString:
    """Return `graph` as JSON that may stand inside a script element: no character in it can end the element."""
    text = json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False)
    return mark_safe(text.translate(_ESCAPES))  # noqa: S308 - the escapes leave nothing that HTML reads


def page_graph(context, own_path: str) -> list[dict]:
    """Return the graph of the page at `own_path`: organiser, site, breadcrumb, and what the page adds of itself."""
    site = context["settings"]["portal"]["SiteSettings"]
    home_path = f"/{current_language().prefix}/"
    organiser = {"@type": "Organization", "@id": absolute_url("/#organiser"), "name": site.organiser}
    if site.organiser_url:
        organiser["url"] = site.organiser_url
    website = {
        "@type": "WebSite",
        "@id": absolute_url(home_path) + "#website",
        "name": site.site_name,
        "url": absolute_url(home_path),
        "inLanguage": current_language().tag,
        "publisher": {"@id": organiser["@id"]},
    }
    if search_path := getattr(context.get("menu"), "search_path", ""):
        website["potentialAction"] = {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": absolute_url(search_path) + "?q={search_term_string}"},
            "query-input": "required name=search_term_string",
        }
    graph = [organiser, website]
    if context.get("breadcrumb"):
        graph.append(_breadcrumb_list(context["breadcrumb"]))
    for node in context.get("structured_data") or []:
        common = {
            "url": absolute_url(own_path),
            "image": absolute_url(reverse("share_image", args=(own_path[1:],))),
            "inLanguage": current_language().tag,
            "publisher": {"@id": organiser["@id"]},
        }
        graph.append(node | common)
    return graph


def _breadcrumb_list(crumbs) -> dict:
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": crumb.title, "item": absolute_url(crumb.path)}
            for position, crumb in enumerate(crumbs, start=1)
        ],
    }
