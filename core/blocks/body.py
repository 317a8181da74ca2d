"""The one body of every article: ten or so blocks, the same on every page type."""

from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField

from .checked import CheckedStreamBlock
from .media import DocumentListBlock, FigureBlock, GalleryBlock
from .records import DatedFigureBlock
from .text import (
    FactBoxBlock,
    HeadingBlock,
    ParagraphBlock,
    QuoteBlock,
    RelatedLinksBlock,
    TimelineBlock,
    data_table_block,
)


class AttachmentBlocks(CheckedStreamBlock):
    documents = DocumentListBlock()


class BodyBlocks(CheckedStreamBlock):
    heading = HeadingBlock()
    paragraph = ParagraphBlock()
    figure = FigureBlock()
    gallery = GalleryBlock()
    quote = QuoteBlock()
    fact_box = FactBoxBlock()
    table = data_table_block()
    documents = DocumentListBlock()
    dated_figure = DatedFigureBlock()
    related_links = RelatedLinksBlock()
    timeline = TimelineBlock()

    class Meta:
        template = "blocks/body.html"


def body_field(block=None) -> StreamField:
    """Return the body field of a page type; `block` extends BodyBlocks where the type has blocks of its own."""
    return StreamField(block or BodyBlocks(), verbose_name=_("body"), blank=True)
