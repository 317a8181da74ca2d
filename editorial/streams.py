"""What the blocks of a stream say, read from what is stored: no block is built and nothing is fetched."""

import json
from collections.abc import Iterator

from wagtail import blocks
from wagtail.blocks.field_block import ChooserBlock
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock

from editorial.rich_text import REFERENCE, lines_of


def blocks_of(block: blocks.StreamBlock, stored) -> Iterator[tuple[str, str, str]]:
    """Yield id, type and text (a line for each part) of each block in the stored value of a stream field.

    Blocks of a type that the stream no longer knows are left out, as Wagtail does.
    """
    for entry in _listed(stored):
        child = block.child_blocks.get(entry.get("type")) if isinstance(entry, dict) else None
        if child is not None:
            yield str(entry.get("id") or ""), entry["type"], "\n".join(filter(None, _texts(child, entry.get("value"))))


def _listed(stored) -> list:
    if isinstance(stored, str):
        try:
            stored = json.loads(stored or "[]")
        except ValueError:
            return []
    return stored if isinstance(stored, list) else []


def _texts(block, value) -> Iterator[str]:
    if value is None or value == "":
        return
    if isinstance(block, blocks.StructBlock):
        for name, child in block.child_blocks.items() if isinstance(value, dict) else ():
            yield from _texts(child, value.get(name))
    elif isinstance(block, blocks.StreamBlock):
        for _block_id, _kind, text in blocks_of(block, value):
            yield text
    elif isinstance(block, blocks.ListBlock):
        for entry in _listed(value):
            wrapped = isinstance(entry, dict) and set(entry) >= {"type", "value"}
            yield from _texts(block.child_block, entry["value"] if wrapped else entry)
    elif isinstance(block, TypedTableBlock):
        yield from _cells(block, value)
    elif isinstance(block, ChooserBlock):
        yield f"{REFERENCE}{block.model_class._meta.label_lower}:{value}"
    elif isinstance(block, blocks.RichTextBlock):
        yield lines_of(str(value))
    else:
        yield str(value)


def _cells(block: TypedTableBlock, table) -> Iterator[str]:
    if not isinstance(table, dict):
        return
    columns = [column for column in _listed(table.get("columns")) if isinstance(column, dict)]
    yield str(table.get("caption") or "")
    yield from (str(column.get("heading") or "") for column in columns)
    for row in _listed(table.get("rows")):
        for column, value in zip(columns, _listed(row.get("values") if isinstance(row, dict) else None), strict=False):
            child = block.child_blocks.get(column.get("type"))
            if child is not None:
                yield from _texts(child, value)
