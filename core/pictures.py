"""Pictures as readers see them: in few sizes, each made when a page first needs it, and never at the price of the page."""

import logging
import time

from core.dependencies import narrowed, valid_until

logger = logging.getLogger(__name__)

TRIED_AGAIN_SECONDS = 60  # after a picture could not be shown
#: The sizes (Wagtail's filters) that templates may ask for.
SHOWN = ("fill-640x360", "fill-960x540", "fill-1200x630", "width-960")


def shown(image, size: str):
    """Return the rendition of `image` in `size`, made anew where its file is gone; None where that is not possible."""
    if size not in SHOWN:
        raise ValueError(f"{size!r} is none of the sizes in core.pictures.SHOWN")
    if not image:
        return None
    with narrowed(f"{image._meta.db_table}:{image.pk}", aspect=None):
        return _rendition(image, size)


def _rendition(image, size: str):
    try:
        rendition = image.get_rendition(size)
        if not rendition.file.storage.exists(rendition.file.name):
            rendition.delete()
            rendition = image.get_rendition(size)
    # A page must not fail for a picture whose original is missing or broken, however that shows.
    except Exception as error:
        valid_until(time.time() + TRIED_AGAIN_SECONDS)
        logger.warning("Picture %s cannot be shown in size %s: %r", image.pk, size, error)
        return None
    return rendition
