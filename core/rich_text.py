"""Links to pages inside rich text, at one query a text."""

from django.utils.html import format_html
from wagtail.models import Page
from wagtail.rich_text.pages import PageLinkHandler


class PortalPageLinkHandler(PageLinkHandler):
    """Wagtail's links to pages without their specific types: an address needs neither those nor another locale."""

    @classmethod
    def get_many(cls, attrs_list: list[dict]) -> list:
        ids = [int(attrs["id"]) for attrs in attrs_list if _is_id(attrs.get("id"))]
        pages = Page.objects.in_bulk(ids)
        return [pages.get(int(attrs["id"])) if _is_id(attrs.get("id")) else None for attrs in attrs_list]

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict]) -> list[str]:
        return [format_html('<a href="{}">', page.url or "") if page else "<a>" for page in cls.get_many(attrs_list)]


def _is_id(text) -> bool:
    return bool(text) and str(text).isdecimal() and len(str(text)) < 19
