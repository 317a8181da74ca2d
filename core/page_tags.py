"""The tags by which answers depend on the places of pages; core.page_changes announces them."""

from uuid import UUID

from wagtail.models import Page

#: The pages of the two top levels of each tree: menu, breadcrumb, routes.
STRUCTURE = "structure"
#: Every page's place and title.
TREE = "tree"


def link_to(key: int) -> str:
    """Return the tag of what a link to the page with `key` shows."""
    return f"{Page._meta.db_table}:{key}/link"


def children_of(page) -> str:
    """Return the tag of the pages right below `page`: which there are, in which order, and their links."""
    return f"children:{page.path}"


def address(url_path: str) -> str:
    """Return the tag of what stands at `url_path` ("/zh/news/x/" as Wagtail stores it), or does not."""
    return f"address:{url_path}"


def translations_of(page) -> str:
    """Return the tag of the public pages that are the same in another language."""
    return translations_under(page.translation_key)


def translations_under(key: UUID | str) -> str:
    return f"translations:{UUID(str(key))}"


def siblings_of(page) -> str:
    """Return the tag of `page` and its siblings: `children_of` its parent."""
    return f"children:{page.path[: -page.steplen]}"
