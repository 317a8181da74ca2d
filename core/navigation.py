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


def main_menu(page, request):
    """Return the home page of `page`'s language and the pages of its main menu, at most six."""
    home_tree_path = home_path(page)
    pages = (
        Page.objects.live()
        .filter(path__startswith=home_tree_path, depth__in=(HOME_DEPTH, HOME_DEPTH + 1))
        .select_related("locale")
        .order_by("path")
    )
    home = next((entry for entry in pages if entry.depth == HOME_DEPTH), page)
    return home, [entry for entry in pages if entry.depth > HOME_DEPTH and entry.show_in_menus][:MENU_ENTRIES]


def breadcrumb(page, home) -> list[Crumb]:
    """Return the pages from the home page down to `page`, itself included."""
    if page.path == home.path:
        return []
    between = Page.objects.none()
    if page.depth > home.depth + 1:
        between = page.get_ancestors().filter(depth__gt=home.depth).order_by("depth")
    return [Crumb(entry.title, entry.get_url()) for entry in (home, *between, page)]
