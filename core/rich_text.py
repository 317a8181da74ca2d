"""Rich text as readers get it: known elements alone, links that lead somewhere safe, at one query a text."""

import re
from html import unescape

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from wagtail.documents.rich_text import DocumentLinkHandler
from wagtail.models import Page
from wagtail.rich_text import EmbedHandler
from wagtail.rich_text.pages import PageLinkHandler
from wagtail.whitelist import Whitelister, allow_without_attributes, attribute_rule

from core.dependencies import narrowed
from core.links import safe_link

ELEMENTS = ("b", "br", "em", "i", "li", "ol", "p", "strong", "sub", "sup", "ul")
_TAG = re.compile(r"<[^<]*")
_KNOWN_TAG = re.compile(rf'</?(?:{"|".join(ELEMENTS)})(?: data-block-key="[\w-]*")? ?/?>[^<]*|</a>[^<]*|<a>[^<]*')
_LINK_TAG = re.compile(r'<a href="([^"<>]*)">[^<]*')


class BodyWhitelister(Whitelister):
    element_rules = {
        "[document]": allow_without_attributes,
        "a": attribute_rule({"href": lambda address: safe_link(address) or None}),
    } | dict.fromkeys(ELEMENTS, allow_without_attributes)


def whitelisted(html: str) -> SafeString:
    """Return `html` with the elements of body text alone; only what is not plainly such is parsed."""
    if not all(_is_harmless(tag) for tag in _TAG.findall(html)):
        html = BodyWhitelister().clean(html)
    return mark_safe(html)  # noqa: S308 - every tag in it is known


def _is_harmless(tag: str) -> bool:
    if _KNOWN_TAG.fullmatch(tag):
        return True
    link = _LINK_TAG.fullmatch(tag)
    return bool(link) and (address := unescape(link[1])) == safe_link(address)


class PortalPageLinkHandler(PageLinkHandler):
    """Wagtail's links to pages without their specific types: an address needs neither those nor another locale."""

    @classmethod
    def get_many(cls, attrs_list: list[dict]) -> list:
        return _in_order(Page.objects, attrs_list)

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict]) -> list[str]:
        return [format_html('<a href="{}">', page.url or "") if page else "<a>" for page in cls.get_many(attrs_list)]

    @classmethod
    def extract_references(cls, attrs):
        return super().extract_references(attrs) if number_of(attrs) else []


class PortalDocumentLinkHandler(DocumentLinkHandler):
    """Wagtail's links to documents, of which one without a proper number leads nowhere."""

    @classmethod
    def get_many(cls, attrs_list: list[dict]) -> list:
        return _in_order(cls.get_model().objects, attrs_list)

    @classmethod
    def extract_references(cls, attrs):
        return super().extract_references(attrs) if number_of(attrs) else []


class _NothingEmbedded(EmbedHandler):
    """Pictures stand in blocks of their own and nothing comes from other hosts: an embed within text shows nothing."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict]) -> list[str]:
        return [""] * len(attrs_list)


class NoImageEmbed(_NothingEmbedded):
    identifier = "image"


class NoMediaEmbed(_NothingEmbedded):
    identifier = "media"


def number_of(attrs: dict) -> int | None:
    """Return the id that a link names, None where it is no number that a row can have."""
    text = str(attrs.get("id", ""))
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None


def _in_order(objects, attrs_list: list[dict]) -> list:
    numbers = [number_of(attrs) for attrs in attrs_list]
    with narrowed(aspect="link"):
        found = objects.in_bulk([number for number in numbers if number])
    return [found.get(number) for number in numbers]
