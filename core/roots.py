"""Where the trees of both languages begin: enough to tell the address of any page without asking for it."""

from dataclasses import dataclass

from wagtail.models import Locale, Page, Site

from core.dependencies import narrowed, read
from core.languages import BY_CODE
from core.memory import remembered
from core.page_tags import translations_of


@dataclass(frozen=True)
class Roots:
    """The portal's `site`, None unless there is exactly one that answers to every host, and the url_path of each of its
    home pages with the prefix of the language."""

    site: Site | None
    prefixes: tuple[tuple[str, str], ...] = ()

    def path_of(self, page) -> str | None:
        """Return the path that `page` is read at, None where only Wagtail can tell."""
        for root, prefix in self.prefixes:
            if page.url_path.startswith(root):
                return f"/{prefix}/{page.url_path[len(root) :]}"
        return None


def site_roots() -> Roots:
    """Return the roots, remembered by the process until the site or one of the homes changes."""
    return remembered("site roots", _read_roots)


def path_of(page) -> str:
    """Return the path that `page`, of whatever type, is read at: "/zh/news/"."""
    return site_roots().path_of(page) or page.get_url_parts()[2]


def _read_roots() -> Roots:
    with narrowed(Site._meta.db_table, Locale._meta.db_table, aspect="link"):
        sites = list(Site.objects.select_related("root_page"))
        if len(sites) != 1 or not sites[0].is_default_site:
            return Roots(None)
        read(translations_of(sites[0].root_page))
        homes = Page.objects.filter(translation_key=sites[0].root_page.translation_key).select_related("locale")
        return Roots(sites[0], tuple((home.url_path, BY_CODE[home.locale.language_code].prefix) for home in homes))
