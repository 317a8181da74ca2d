"""The pictures that mirrored pages show. Their files keep their names for good, so the mirror holds links to them."""

import os
import re
import shutil
from pathlib import Path

from django.conf import settings

from delivery.mirror.manifest import Entry, entry_of

_PICTURE = re.compile(re.escape(settings.MEDIA_URL).encode() + rb"images/[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}")


def pictures_in(body: bytes) -> frozenset[str]:
    """Return the paths ("media/images/x.jpg") of the pictures that are named in `body`."""
    return frozenset(path[1:].decode() for path in _PICTURE.findall(body))


def picture_file(path: str) -> Path:
    """Return the file of the picture at `path`."""
    return Path(settings.MEDIA_ROOT) / path.removeprefix(settings.MEDIA_URL[1:])


def link_picture(path: str, target: Path) -> Entry | None:
    """Put the picture of `path` at `target` and return what the manifest says of it; None where there is no such file."""
    source = picture_file(path)
    if not source.is_file():
        return None
    target.parent.mkdir(parents=True, exist_ok=True)
    target.unlink(missing_ok=True)
    try:
        os.link(source, target)
    except FileNotFoundError:
        return None
    except OSError:  # another file system, or one without links
        shutil.copy2(source, target)
    return entry_of(target.read_bytes(), int(target.stat().st_mtime))
