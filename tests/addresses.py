"""Every public address of the starter portal, for the tests that hold for all of them."""

from django.test import RequestFactory

from core.languages import Language
from delivery.sitemap import public_addresses


def paths_by_language() -> dict[Language, list[str]]:
    """Return the paths of the sitemap by language."""
    found: dict[Language, list[str]] = {}
    for paths in public_addresses(RequestFactory().get("/")).values():
        for language, (path, _lastmod) in paths.items():
            found.setdefault(language, []).append(path)
    return found
