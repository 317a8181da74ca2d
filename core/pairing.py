"""The pairing of the two languages: what exists where, and what the language switch leads to."""

from dataclasses import dataclass

from wagtail.models import Page

from core.dependencies import narrowed
from core.languages import BY_CODE, LANGUAGES, Language, other_language, swap_prefix
from core.page_tags import address
from core.roots import path_of
from core.structure import structure_of
from core.visibility import narrowed_to_public, visible


@dataclass(frozen=True)
class Alternate:
    """An address's counterpart: `path` in `language`; `exists` is false where only the "not translated" page stands."""

    language: Language
    path: str
    exists: bool


def language_of(page) -> Language:
    """Return the language of the tree that `page` stands in."""
    return BY_CODE[page.locale.language_code]


def alternates_of(page, request) -> list[Alternate]:
    """Return the addresses of `page` in both languages, its own first in the order of the languages."""
    own = language_of(page)
    own_path = path_of(page)
    paired = structure_of(request).counterpart(page)
    paths = {own: (own_path, True)}
    paths[other_language(own)] = (path_of(paired), True) if paired else (swap_prefix(own_path, other_language(own)), False)
    return [Alternate(language, *paths[language]) for language in LANGUAGES]


def alternates_below(page, request, route: str, exists: dict[str, bool] | None = None) -> list[Alternate]:
    """Return the addresses of `route` ("2023/") below `page` and its counterpart.

    `exists` says by language code where the route has content of its own; without it, everywhere.
    """
    return [
        Alternate(
            alternate.language, alternate.path + route, alternate.exists and (exists or {}).get(alternate.language.code, True)
        )
        for alternate in alternates_of(page, request)
    ]


def untranslated_original(parent, request, path_components):
    """Return the live, public page that the counterpart of `parent` has at `path_components`, or None.

    `path_components` are the slugs that `parent` itself could not route.
    """
    structure = structure_of(request)
    counterpart = structure.counterpart(parent)
    if counterpart is None or not path_components:
        return None
    path = counterpart.url_path + "/".join(path_components) + "/"
    with narrowed_to_public(address(path), aspect="link"):
        # Slugs have an index, addresses have none.
        pages = Page.objects.filter(slug=path_components[-1], url_path=path)
        original = visible(pages).select_related("locale").first()
    if original is None or _stands_below_a_draft(original):
        return None
    if structure.counterpart(original):  # it is translated, under another slug: a redirect may know it
        return None
    return original.specific


def _stands_below_a_draft(page) -> bool:
    above = range(page.steplen, len(page.path) - page.steplen, page.steplen)
    with narrowed(*(f"children:{page.path[:length]}" for length in above), aspect=None):
        return page.get_ancestors().filter(live=False).exists()
