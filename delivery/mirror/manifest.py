"""What each file of the mirror must be, signed.

Two lists stand in the tree itself: `base`, of all files when it was written, and `changes`, of those that came, changed or went
since, so that a publication writes only the second. Each is a text of UTF-8 lines: the first names the format, the moment of
writing and, in `changes`, the SHA-256 of the base that it belongs to; each other one holds SHA-256, size, time (seconds since
the epoch) and path of a file; in `changes` a file that is gone has "-" for the first three. Beside each stands its Ed25519
signature in base64 (`.sig`).
"""

import hashlib
import time
from dataclasses import dataclass

from delivery.mirror.keys import is_signed, sign

FOLDER = ".well-known/mirror"
BASE, CHANGES = f"{FOLDER}/base", f"{FOLDER}/changes"
SIGNATURE = ".sig"
LISTS = {path + ending for path in (BASE, CHANGES) for ending in ("", SIGNATURE)}
FORMAT = "portal-mirror-1"


class ManifestError(Exception):
    """The manifest is missing, unreadable, or not signed by the key."""


@dataclass(frozen=True, slots=True)
class Entry:
    sha256: str
    size: int
    time: int


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def entry_of(content: bytes, moment: int) -> Entry:
    return Entry(digest(content), len(content), moment)


Files = dict[str, Entry | None]


@dataclass
class Manifest:
    """The files that the two lists name together, and the `moment` of the last publication."""

    files: dict[str, Entry]
    moment: int


def base_text(files: Files) -> bytes:
    return _text(f"{FORMAT} base {int(time.time())}", files)


def changes_text(changes: Files, base: str) -> bytes:
    """Return the list of `changes` since the base of the SHA-256 `base`."""
    return _text(f"{FORMAT} changes {int(time.time())} {base}", changes)


def signed(path: str, content: bytes, key) -> dict[str, bytes]:
    """Return the list at `path` and its signature, as files."""
    return {path: content, path + SIGNATURE: sign(content, key)}


def _text(head: str, files: Files) -> bytes:
    lines = (f"{e.sha256} {e.size} {e.time} {path}" if e else f"- - - {path}" for path, e in sorted(files.items()))
    return "\n".join((head, *lines, "")).encode()


def read_manifest(read, key) -> Manifest:
    """Return the manifest whose files `read(path)` returns, if the public `key` has signed it; else raise ManifestError."""
    base, changes = (_checked(read, path, key) for path in (BASE, CHANGES))
    head = changes.split(b"\n", 1)[0].decode().split()
    if len(head) != 4 or head[0] != FORMAT or head[3] != digest(base):
        raise ManifestError("The two lists of the manifest do not belong together.")
    files = _files(base) | _files(changes)
    return Manifest({path: entry for path, entry in files.items() if entry}, int(head[2]))


def _checked(read, path: str, key) -> bytes:
    try:
        content, signature = read(path), read(path + SIGNATURE)
    except OSError as error:
        raise ManifestError(f"{path} cannot be read: {error}") from error
    if not is_signed(content, signature, key):
        raise ManifestError(f"{path} is not signed by this key.")
    return content


def _files(text: bytes) -> Files:
    files: Files = {}
    for line in text.decode().split("\n")[1:-1]:
        digest, size, moment, path = line.split(" ", 3)
        files[path] = None if digest == "-" else Entry(digest, int(size), int(moment))
    return files
