"""Rich text between the editor and the database: what cannot be read, or leads where no link may, is not kept."""

import logging

from django.utils.html import escape, strip_tags
from draftjs_exporter import DOM
from wagtail.admin.rich_text import DraftailRichTextArea
from wagtail.admin.rich_text.converters.html_to_contentstate import ExternalLinkElementHandler, PageLinkElementHandler
from wagtail.documents.rich_text.contentstate import DocumentLinkElementHandler

from core.blanks import tidy_rich_text
from core.blocks.text import UNREADABLE
from core.links import safe_link
from core.plain_text import without_invisible
from core.rich_text import number_of

logger = logging.getLogger(__name__)


class PortalRichTextArea(DraftailRichTextArea):
    """Wagtail's editor of rich text, which neither fails on malformed text nor passes it on, and keeps of what was pasted from
    Word or WeChat the text alone."""

    def value_from_datadict(self, data, files, name):
        try:
            value = super().value_from_datadict(data, files, name)
            return value and tidy_rich_text(without_invisible(value))
        # The converter raises whatever its walk through foreign JSON runs into.
        except Exception as error:
            logger.warning("The rich text in %s could not be read: %s", name, error)
            return UNREADABLE

    def format_value(self, value):
        try:
            return super().format_value("" if value == UNREADABLE else value)
        # What another program wrote into the database: its words are shown without their form.
        except Exception as error:
            logger.warning("A stored rich text could not be read: %s", error)
            return super().format_value(f"<p>{escape(strip_tags(str(value)))}</p>")


def link_entity(props: dict):
    """Return the stored form of a link; only its words where it leads nowhere safe."""
    if props.get("id") is not None:
        number = number_of(props)
        return _stored({"linktype": "page", "id": str(number)} if number else None, props)
    address = safe_link(props.get("url"))
    return _stored({"href": address} if address else None, props)


def document_link_entity(props: dict):
    number = number_of(props)
    return _stored({"linktype": "document", "id": str(number)} if number else None, props)


def _stored(attributes: dict | None, props: dict):
    return DOM.create_element("a", attributes, props["children"]) if attributes else props["children"]


class SafeExternalLink(ExternalLinkElementHandler):
    def get_attribute_data(self, attrs):
        return {"url": safe_link(attrs.get("href"))}


class SafePageLink(PageLinkElementHandler):
    def get_attribute_data(self, attrs):
        number = number_of(attrs)
        return super().get_attribute_data(attrs | {"id": number}) if number else {}


class SafeDocumentLink(DocumentLinkElementHandler):
    def get_attribute_data(self, attrs):
        number = number_of(attrs)
        return super().get_attribute_data(attrs | {"id": number}) if number else {}


def register(features) -> None:
    """Put the portal's conversion of links in the place of Wagtail's."""
    features.register_converter_rule(
        "contentstate",
        "link",
        {
            "from_database_format": {"a[href]": SafeExternalLink("LINK"), 'a[linktype="page"]': SafePageLink("LINK")},
            "to_database_format": {"entity_decorators": {"LINK": link_entity}},
        },
    )
    features.register_converter_rule(
        "contentstate",
        "document-link",
        {
            "from_database_format": {'a[linktype="document"]': SafeDocumentLink("DOCUMENT")},
            "to_database_format": {"entity_decorators": {"DOCUMENT": document_link_entity}},
        },
    )
