"""Where a page stands: the main menu of its language and the way to it from the home page."""

from dataclasses import dataclass

from wagtail.models import Page

MENU_ENTRIES = 6
HOME_DEPTH = 2


@dataclass(frozen=True)
class Crumb:
    """An entry of the breadcrumb; `lang` (BCP 47) is set where the title is not in the page's language."""

    title: str
    path: str
    lang: str = ""


def home_path(page) -> str:
    """Return the tree path of the home page above `page`."""
    return page.path[: HOME_DEPTH * page.steplen]


@dataclass(frozen=True)
class Menu:
    """The pages right below the home page: those of the main menu, those of the footer, and the path of the feed."""

    home: Page
    entries: list[Page]
    footer: list[Page]
    feed_path: str


def site_menu(page) -> Menu:
    """Return the menu of the tree that `page` stands in, in one query."""
    pages = list(
        Page.objects.live()
        .public()
        .filter(path__startswith=home_path(page), depth__in=(HOME_DEPTH, HOME_DEPTH + 1))
        .select_related("locale")
        .order_by("path")
    )
    home = next((entry for entry in pages if entry.depth == HOME_DEPTH), page)
    below = [entry for entry in pages if entry.depth > HOME_DEPTH]
    with_feed = next((entry for entry in below if getattr(entry.specific_class, "feed_route", "")), None)
    return Menu(
        home,
        [entry for entry in below if entry.show_in_menus][:MENU_ENTRIES],
        [entry for entry in below if not entry.show_in_menus],
        with_feed.get_url() + with_feed.specific_class.feed_route if with_feed else "",
    )


def breadcrumb(page, home) -> list[Crumb]:
    """Return the pages from the home page down to `page`, itself included."""
    if page.path == home.path:
        return []
    between = Page.objects.none()
    if page.depth > home.depth + 1:
        between = page.get_ancestors().filter(depth__gt=home.depth).order_by("depth")
    return [Crumb(entry.title, entry.get_url()) for entry in (home, *between, page)]
