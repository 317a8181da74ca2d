"""Where a page stands: the main menu of its language and the way to it from the home page."""

from dataclasses import dataclass

from wagtail.models import Page

from core.memory import remembered
from core.roots import path_of
from core.structure import SiteStructure, site_structure

MENU_ENTRIES = 6


@dataclass(frozen=True)
class Crumb:
    """An entry of the breadcrumb; `lang` (BCP 47) is set where the title is not in the page's language."""

    title: str
    path: str
    lang: str = ""


@dataclass(frozen=True)
class MenuEntry:
    """A page in a menu, as a link to it shows it; `path` is its place in the tree."""

    pk: int
    title: str
    url: str
    path: str


@dataclass(frozen=True)
class Menu:
    """The pages right below the home page: those of the main menu, those of the footer, and the paths of the home page, of the
    feed, of the search page and of the enquiry form ("" where there is none)."""

    home: Page
    entries: list[MenuEntry]
    footer: list[MenuEntry]
    home_path: str
    feed_path: str
    search_path: str
    enquiry_path: str


def site_menu(page, structure: SiteStructure) -> Menu:
    """Return the menu of the tree that `page` stands in; all requests share it."""
    home = structure.home_of(page)
    if home is page:
        return _menu(home, structure)
    return remembered(("menu", home.pk), lambda: _menu(home, site_structure()))


def _menu(home, structure: SiteStructure) -> Menu:
    below = structure.below(home)
    with_feed = next((entry for entry in below if getattr(entry.specific_class, "feed_route", "")), None)
    search = next((entry for entry in below if getattr(entry.specific_class, "suggestions_route", "")), None)
    enquiry = next((entry for entry in below if getattr(entry.specific_class, "takes_enquiries", False)), None)
    return Menu(
        home,
        _entries(entry for entry in below if entry.show_in_menus)[:MENU_ENTRIES],
        _entries(entry for entry in below if not entry.show_in_menus and entry not in (search, enquiry)),
        path_of(home),
        path_of(with_feed) + with_feed.specific_class.feed_route if with_feed else "",
        path_of(search) if search else "",
        path_of(enquiry) if enquiry else "",
    )


def _entries(pages) -> list[MenuEntry]:
    return [MenuEntry(page.pk, page.title, path_of(page), page.path) for page in pages]


def breadcrumb(page, structure: SiteStructure) -> list[Crumb]:
    """Return the pages from the home page down to `page`, itself included."""
    home = structure.home_of(page)
    if page.path == home.path:
        return []
    between = [entry for entry in structure.below(home) if page.path.startswith(entry.path) and entry.pk != page.pk]
    return [Crumb(entry.title, path_of(entry)) for entry in (home, *between, page)]
