"""Every address of the portal, found by walking its routes; parameters are filled with real values."""

import re
from collections.abc import Iterator
from urllib.parse import quote

from django.apps import apps
from django.conf import settings
from django.test import RequestFactory
from django.urls import URLPattern, get_resolver
from django.urls.resolvers import RoutePattern

from delivery.sitemap import public_addresses

_PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
_GROUP = re.compile(r"\(\?P<(\w+)>[^()]*\)")
_RECORD = re.compile(r"snippets/(?:choose/)?(\w+)/(\w+)/")
#: Routes of the pages' own, below the directory and the news list.
PAGE_ROUTES = (
    *("news/2023/", "news/2023/03/", "news/feed/", "news/feed/atom/", "news/2023/feed/", "news/topics/base/"),
    *("news/topics/base/feed/", "bases/data/csv/", "bases/data/json/", "bases/data/geojson/", "search/suggestions/"),
)


def _walk(resolver, prefix: str = "") -> Iterator[str]:
    for part in resolver.url_patterns:
        route = prefix + (str(part.pattern) if isinstance(part.pattern, RoutePattern) else _plain(str(part.pattern)))
        if isinstance(part, URLPattern):
            yield route
        else:
            yield from _walk(part, route)


def _plain(expression: str) -> str:
    """Return the route that a regular expression stands for, as far as it names its parameters."""
    route = _GROUP.sub(r"<\1>", expression).replace(r"\.", ".")
    return route.removeprefix("^").removesuffix("$")


def admin_addresses(ids: dict) -> dict[str, str]:
    """Return each route below the admin with its address, real values in place of its parameters."""
    routes = [route for route in _walk(get_resolver()) if route.startswith(settings.ADMIN_PATH) and ".*" not in route]
    return {
        route: "/" + _PARAMETER.sub(lambda found, route=route: quote(_value(route, found[1], ids)), route) for route in routes
    }


def _value(route: str, name: str, ids: dict) -> str:
    if name == "uploaded_file_id":
        return str(ids.get("uploaded_image" if "images" in route else "uploaded_document", 1))
    if name in ("revision_id_a", "revision_id_b"):
        return "live" if name == "revision_id_a" else "latest"
    if "/tasks/add/" in route:
        return {"app_label": "wagtailcore", "model_name": "groupapprovaltask"}[name]
    if "/settings/" in route:
        return {"app_name": "portal", "model_name": "sitesettings", "pk": "1"}[name]
    if record := _RECORD.search(route):
        model = apps.get_model(*record.groups())
        newest = model._default_manager.order_by("-pk").first()
        if name == "revision_id":
            return str(getattr(newest, "latest_revision_id", None) or ids.get("revision_id", 1))
        return str(newest.pk if newest else 1)
    if name == "pk":
        return next((str(value) for key, value in ids.items() if key.startswith("pk:") and f"{key[3:]}/" in route), "1")
    return str(ids.get(name, "1"))


def public_paths(ids: dict) -> list[str]:
    """Return the addresses a reader may ask: those of the sitemap, the pages' routes, files and what stands beside them."""
    contents = public_addresses(RequestFactory().get("/")).values()
    paths = [path for by_language in contents for path, _lastmod in by_language.values()]
    paths += [f"/{prefix}/{route}" for prefix in ("zh", "en") for route in PAGE_ROUTES]
    document, restriction, page = (ids[name] for name in ("document_id", "page_view_restriction_id", "page_id"))
    paths += [f"/documents/{document}/sample.pdf", f"/zh/_util/authenticate_with_password/{restriction}/{page}/"]
    return [
        *paths,
        *(
            "/",
            "/zh-hans/",
            "/zh-cn/news/",
            "/sitemap.xml",
            "/sitemap-1.xml",
            "/sitemap-0.xml",
            "/robots.txt",
            "/healthz",
            "/readyz",
            "/zh/_util/login/",
        ),
        *("/media/images/sample.png", "/static/css/base.css", "/documents/authenticate_with_password/1/", "/nothing"),
    ]
