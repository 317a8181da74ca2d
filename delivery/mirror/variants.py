"""The files of an answer: as it is, and compressed as browsers take it."""

import os
from pathlib import Path

from delivery.mirror.manifest import Entry, entry_of
from delivery.page_cache.encodings import BROTLI, GZIP, IDENTITY, compressed

ENDINGS = {BROTLI: ".br", GZIP: ".gz", IDENTITY: ""}


def variants_of(file: str) -> list[str]:
    """Return the paths of the files that `file` may stand with, itself included."""
    return [file + ending for ending in ENDINGS.values()]


def write_variants(folder: Path, file: str, body: bytes, content_type: str, moment: int) -> dict[str, Entry]:
    """Write `file` and its variants below `folder` with `moment` as their time, and return what the manifest says of them."""
    forms = compressed(body, content_type) | {IDENTITY: body}
    contents = {file + ENDINGS[name]: content for name, content in forms.items()}
    for path, content in contents.items():
        write_file(folder / path, content, moment)
    return {path: entry_of(content, moment) for path, content in contents.items()}


def write_file(path: Path, content: bytes, moment: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    os.utime(path, (moment, moment))
