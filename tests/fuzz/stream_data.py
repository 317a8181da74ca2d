"""What the editor's scripts send for a stream field: the names and values of its hidden inputs."""

from django.db.models import Model
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock


def stream_fields(block, value, prefix: str) -> list[tuple[str, str]]:
    """Return the pairs of name and value that the browser sends for `value` of `block`."""
    if isinstance(block, blocks.StreamBlock):
        children = [(child.block, child.value, child.block_type) for child in value]
        return _sequence(children, prefix)
    if isinstance(block, blocks.ListBlock):
        return _sequence([(block.child_block, child, "") for child in value], prefix)
    if isinstance(block, blocks.StructBlock):
        parts = block.child_blocks.items()
        return [pair for name, child in parts for pair in stream_fields(child, value.get(name), f"{prefix}-{name}")]
    if isinstance(block, TypedTableBlock):
        return _table(value, prefix)
    widget = block.field.widget
    shown = widget.format_value(block.value_for_form(value))
    return [(prefix, "" if shown is None else _text(shown))]


def _text(shown) -> str:
    if isinstance(shown, Model):
        return str(shown.pk)
    return str(shown[0] if isinstance(shown, (list, tuple)) and shown else shown)


def _sequence(children, prefix: str) -> list[tuple[str, str]]:
    pairs = [(f"{prefix}-count", str(len(children)))]
    for place, (block, value, kind) in enumerate(children):
        own = f"{prefix}-{place}"
        pairs += [(f"{own}-deleted", ""), (f"{own}-order", str(place)), (f"{own}-type", kind), (f"{own}-id", "")]
        pairs += stream_fields(block, value, f"{own}-value")
    return pairs


def _table(table, prefix: str) -> list[tuple[str, str]]:
    rows = list(table.row_data)
    sizes = [(f"{prefix}-column-count", str(len(table.columns))), (f"{prefix}-row-count", str(len(rows)))]
    pairs = [(f"{prefix}-caption", table.caption or ""), *sizes]
    for place, column in enumerate(table.columns):
        own = f"{prefix}-column-{place}"
        pairs += [(f"{own}-type", column["block"].name), (f"{own}-order", str(place))]
        pairs += [(f"{own}-heading", column["heading"]), (f"{own}-deleted", "")]
    for place, row in enumerate(rows):
        pairs += [(f"{prefix}-row-{place}-order", str(place)), (f"{prefix}-row-{place}-deleted", "")]
        for number, (column, value) in enumerate(zip(table.columns, row["values"], strict=True)):
            pairs += stream_fields(column["block"], value, f"{prefix}-cell-{place}-{number}")
    return pairs
