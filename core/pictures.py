"""Pictures as readers see them: in few sizes, each made when a page first needs it, and never at the price of the page."""

import logging

logger = logging.getLogger(__name__)

#: The sizes (Wagtail's filters) that templates may ask for.
SHOWN = ("fill-640x360", "fill-960x540", "fill-1200x630", "width-960")


def shown(image, size: str):
    """Return the rendition of `image` in `size`, made anew where its file is gone; None where that is not possible."""
    if size not in SHOWN:
        raise ValueError(f"{size!r} is none of the sizes in core.pictures.SHOWN")
    if not image:
        return None
    try:
        rendition = image.get_rendition(size)
        if not rendition.file.storage.exists(rendition.file.name):
            rendition.delete()
            rendition = image.get_rendition(size)
    # A page must not fail for a picture whose original is missing or broken, however that shows.
    except Exception as error:
        logger.warning("Picture %s cannot be shown in size %s: %r", image.pk, size, error)
        return None
    return rendition
