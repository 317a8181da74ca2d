from .body import AttachmentBlocks, BodyBlocks, body_field
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

__all__ = [
    "AttachmentBlocks",
    "BodyBlocks",
    "CheckedStreamBlock",
    "DatedFigureBlock",
    "DocumentListBlock",
    "FactBoxBlock",
    "FigureBlock",
    "GalleryBlock",
    "HeadingBlock",
    "ParagraphBlock",
    "QuoteBlock",
    "RelatedLinksBlock",
    "TimelineBlock",
    "body_field",
    "data_table_block",
]
