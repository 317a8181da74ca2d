"""Streams of blocks whose form fields cannot be read are refused with a word to the editor."""

import logging

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.stream_block import StreamBlockValidationError

logger = logging.getLogger(__name__)

MAX_NESTED = 2_000  # blocks, rows or items that one list may announce


class CheckedStreamBlock(blocks.StreamBlock):
    """A StreamBlock that answers form fields it cannot read with a form error."""

    def value_from_datadict(self, data, files, prefix):
        try:
            _check_counts(data, prefix)
            return super().value_from_datadict(data, files, prefix)
        # Blocks read their fields as they come: missing ones, numbers that are none, unknown types, broken JSON.
        except Exception as error:
            logger.warning("The blocks of %s could not be read: %r", prefix, error)
            value = self.empty_value()
            value.unreadable = True
            return value

    def clean(self, value):
        if getattr(value, "unreadable", False):
            message = _(
                "What was sent cannot be read as text and blocks, so nothing was saved. Load the page anew and try again."
            )
            raise StreamBlockValidationError(non_block_errors=[message])
        return super().clean(value)


def _check_counts(data, prefix: str) -> None:
    """Raise ValueError when a list announces more entries than anyone writes: each would be looked for."""
    for name in data:
        if name.startswith(prefix) and name.endswith("-count") and not 0 <= int(data[name]) <= MAX_NESTED:
            raise ValueError(f"{name} is {data[name][:20]}")
