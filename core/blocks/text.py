"""Blocks of text: headings, paragraphs, quotations, fact boxes, tables, links, timelines."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock

from core.links import validate_web_address
from core.partial_dates import validate_partial_date
from core.pinyin import pinyin_slug

LEVELS = [("2", _("Section")), ("3", _("Subsection"))]
#: What the editor's widget gives in the place of rich text that cannot be read; no text holds it.
UNREADABLE = "\x00"
TEXT_FEATURES = ["bold", "ol", "ul", "link", "document-link", "superscript", "subscript"]


class HeadingValue(blocks.StructValue):
    @property
    def anchor(self) -> str:
        """The heading's fragment, stable as long as its words stay: 谁能申报 gives `shui-neng-shen-bao`."""
        return pinyin_slug(self["text"], max_length=60) or "section"


class HeadingBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Heading"), max_length=120)
    level = blocks.ChoiceBlock(label=_("Level"), choices=LEVELS, default="2", search_index=False)

    class Meta:
        icon = "title"
        label = _("Heading")
        template = "blocks/heading.html"
        value_class = HeadingValue


class ParagraphBlock(blocks.RichTextBlock):
    def __init__(self, **kwargs):
        super().__init__(**{"features": TEXT_FEATURES} | kwargs)

    def clean(self, value):
        if UNREADABLE in value.source:
            raise ValidationError(
                _("What was sent cannot be read as text, so it was not saved. Load the page anew and try again.")
            )
        return super().clean(value)

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "blocks/paragraph.html"


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Quotation"))
    attribution = blocks.CharBlock(label=_("Whose words"), required=False)

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        template = "blocks/quote.html"


class FactBoxBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=120)
    text = ParagraphBlock(label=_("Text"))

    class Meta:
        icon = "info-circle"
        label = _("Fact box")
        template = "blocks/fact_box.html"


def data_table_block() -> TypedTableBlock:
    """Return the table block: columns of plain text or numbers, with a caption."""
    return TypedTableBlock(
        [
            ("text", blocks.TextBlock(label=_("Text"), required=False, rows=1)),
            ("number", blocks.DecimalBlock(label=_("Number"), required=False)),
        ],
        label=_("Table"),
        icon="table",
        template="blocks/table.html",
    )


class LinkBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), required=False, help_text=_("Left empty, the page's own title is shown."))
    page = blocks.PageChooserBlock(label=_("Page"), required=False)
    url = blocks.URLBlock(
        label=_("Web address outside the portal"), required=False, max_length=500, validators=[validate_web_address]
    )

    class Meta:
        icon = "link"
        label = _("Link")

    def clean(self, value):
        value = super().clean(value)
        if bool(value["page"]) == bool(value["url"]):
            message = _("Choose a page or give an address: one of the two.")
            raise blocks.StructBlockValidationError(block_errors={"page": ValidationError(message)})
        if value["url"] and not value["title"]:
            message = _("A link that leaves the portal needs a title.")
            raise blocks.StructBlockValidationError(block_errors={"title": ValidationError(message)})
        return value


class RelatedLinksBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), required=False, max_length=120)
    links = blocks.ListBlock(LinkBlock(), label=_("Links"), min_num=1)

    class Meta:
        icon = "list-ul"
        label = _("Related links")
        template = "blocks/related_links.html"


class TimelineBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), required=False, max_length=120)
    entries = blocks.ListBlock(
        blocks.StructBlock(
            [
                ("date", blocks.CharBlock(label=_("Date"), max_length=10, validators=[validate_partial_date])),
                ("text", blocks.TextBlock(label=_("Text"), rows=2)),
            ]
        ),
        label=_("Entries"),
        min_num=1,
    )

    class Meta:
        icon = "history"
        label = _("Timeline")
        template = "blocks/timeline.html"
