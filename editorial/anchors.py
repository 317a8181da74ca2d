"""Where Wagtail's editor shows a block or a field."""

BLOCK_ANCHOR = "#block-{}-section"
FIELD_ANCHOR = "#id_{}"
