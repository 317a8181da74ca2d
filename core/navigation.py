"""Where a page stands: the main menu of its language and the way to it from the home page."""

from dataclasses import dataclass

from wagtail.models import Page

from core.structure import SiteStructure

MENU_ENTRIES = 6


@dataclass(frozen=True)
class Crumb:
    """An entry of the breadcrumb; `lang` (BCP 47) is set where the title is not in the page's language."""

    title: str
    path: str
    lang: str = ""


@dataclass(frozen=True)
class Menu:
    """The pages right below the home page: those of the main menu, those of the footer, and the paths of the feed, of the
    search page and of the enquiry form ("" where there is none)."""

    home: Page
    entries: list[Page]
    footer: list[Page]
    feed_path: str
    search_path: str
    enquiry_path: str


def site_menu(page, structure: SiteStructure) -> Menu:
    """Return the menu of the tree that `page` stands in."""
    home = structure.home_of(page)
    below = structure.below(home)
    with_feed = next((entry for entry in below if getattr(entry.specific_class, "feed_route", "")), None)
    search = next((entry for entry in below if getattr(entry.specific_class, "suggestions_route", "")), None)
    enquiry = next((entry for entry in below if getattr(entry.specific_class, "takes_enquiries", False)), None)
    return Menu(
        home,
        [entry for entry in below if entry.show_in_menus][:MENU_ENTRIES],
        [entry for entry in below if not entry.show_in_menus and entry not in (search, enquiry)],
        with_feed.get_url() + with_feed.specific_class.feed_route if with_feed else "",
        search.get_url() if search else "",
        enquiry.get_url() if enquiry else "",
    )


def breadcrumb(page, structure: SiteStructure) -> list[Crumb]:
    """Return the pages from the home page down to `page`, itself included."""
    home = structure.home_of(page)
    if page.path == home.path:
        return []
    between = [entry for entry in structure.below(home) if page.path.startswith(entry.path) and entry.pk != page.pk]
    return [Crumb(entry.title, entry.get_url()) for entry in (home, *between, page)]
