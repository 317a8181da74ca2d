"""Pictures as readers see them: in few sizes, each made when a page first needs it, and never at the price of the page."""

import logging
import time

from wagtail.images import get_image_model

from core.dependencies import narrowed, read, valid_until
from core.memory import remembered

logger = logging.getLogger(__name__)

TRIED_AGAIN_SECONDS = 60  # after a picture could not be shown
#: The sizes (Wagtail's filters) that templates may ask for.
SHOWN = ("fill-640x360", "fill-960x540", "fill-1200x630", "width-960")


def shown(key: int | None, size: str):
    """Return the rendition in `size` of the picture with `key`, made anew where its file is gone; None where that is not
    possible. All requests of the process share it."""
    if size not in SHOWN:
        raise ValueError(f"{size!r} is none of the sizes in core.pictures.SHOWN")
    if not key:
        return None
    try:
        rendition = remembered(("picture", key, size), lambda: _rendition(key, size))
        if not rendition.file.storage.exists(rendition.file.name):
            rendition.delete()
            rendition = _rendition(key, size)
    # A page must not fail for a picture whose original is missing or broken, however that shows.
    except Exception as error:
        read(_tag(key))
        valid_until(time.time() + TRIED_AGAIN_SECONDS)
        logger.warning("Picture %s cannot be shown in size %s: %r", key, size, error)
        return None
    return rendition


def _rendition(key: int, size: str):
    """Return the rendition, read as its picture (core.watching.shown)."""
    with narrowed(_tag(key), aspect=None):
        image = get_image_model().objects.get(pk=key)
        rendition = image.get_rendition(size)
        rendition.image = image
        return rendition


def _tag(key: int) -> str:
    return f"{get_image_model()._meta.db_table}:{key}"
