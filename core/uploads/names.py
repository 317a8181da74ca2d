"""Names of uploaded files: ASCII, short, and nothing but letters, figures and hyphens before one known ending."""

import secrets
from pathlib import PurePosixPath

from core.pinyin import pinyin_slug
from core.plain_text import without_invisible

MAX_STEM = 50
TOKEN_BYTES = 8


def extension_of(name: str) -> str:
    """Return the ending of `name` in small letters, without its dot: "pdf", or ""."""
    return PurePosixPath(without_invisible(name)).suffix[1:].lower()


def clean_file_name(name: str, extension: str, otherwise: str) -> str:
    """Return a safe name ending in `extension`: 海智 2023.PDF gives `hai-zhi-2023.pdf`.

    A name without any letter or figure becomes `otherwise`.
    """
    stem = PurePosixPath(without_invisible(name).replace("\\", "/")).stem
    return f"{pinyin_slug(stem[:200], MAX_STEM).strip('-_') or otherwise}.{extension}"


def unguessable_file_name(name: str, extension: str, otherwise: str) -> str:
    """Return a clean name with a part that nobody guesses: who may not read a draft must not find its documents."""
    stem = clean_file_name(name, extension, otherwise).rpartition(".")[0]
    return f"{stem}-{secrets.token_hex(TOKEN_BYTES)}.{extension}"
