"""What each file of the mirror must be, signed.

The lists stand in the tree itself, so that a publication writes what it changes: `base`, of all files when it was written;
then `part-1`, `part-2` and so on, each of those that came, changed or went after the list before it; last `changes`, of those
since. Each is a text of UTF-8 lines. The first names the format, the kind of list, the moment of writing and, in `changes`,
the SHA-256 of each list before it. Each other line holds SHA-256, size, time (seconds since the epoch) and path of a file;
one that is gone has "-" for the first three. Beside `changes` stands its Ed25519 signature in base64 (`.sig`), which vouches
for all.
"""

import hashlib
import time
from collections.abc import Iterable
from dataclasses import dataclass

from delivery.mirror.keys import is_signed, sign

FOLDER = ".well-known/mirror"
BASE, CHANGES = f"{FOLDER}/base", f"{FOLDER}/changes"
SIGNATURE = ".sig"
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
    """The files that the `lists` (their own paths) name together, and the `moment` of the last publication."""

    files: dict[str, Entry]
    lists: set[str]
    moment: int


def part(number: int) -> str:
    """Return the path of the list that follows the base as the `number`-th."""
    return f"{FOLDER}/part-{number}"


def list_text(kind: str, files: Files, before: Iterable[str] = ()) -> bytes:
    """Return the list of `files`; `before` are the SHA-256 of the lists that it follows."""
    head = " ".join((FORMAT, kind, str(int(time.time())), *before))
    lines = (f"{e.sha256} {e.size} {e.time} {path}" if e else f"- - - {path}" for path, e in sorted(files.items()))
    return "\n".join((head, *lines, "")).encode()


def signed(path: str, content: bytes, key) -> dict[str, bytes]:
    """Return the list at `path` and its signature, as files."""
    return {path: content, path + SIGNATURE: sign(content, key)}


def read_manifest(read, key) -> Manifest:
    """Return the manifest whose files `read(path)` returns, if the public `key` has signed it; else raise ManifestError."""
    changes, signature = _read(read, CHANGES), _read(read, CHANGES + SIGNATURE)
    if not is_signed(changes, signature, key):
        raise ManifestError(f"{CHANGES} is not signed by this key.")
    head = changes.split(b"\n", 1)[0].decode().split()
    if head[:2] != [FORMAT, "changes"] or len(head) < 4:
        raise ManifestError(f"{CHANGES} is not of the format {FORMAT}.")
    files: Files = {}
    paths = [BASE, *(part(number) for number in range(1, len(head) - 3))]
    for path, sha256 in zip(paths, head[3:], strict=True):
        content = _read(read, path)
        if digest(content) != sha256:
            raise ManifestError(f"{path} is not what {CHANGES} vouches for.")
        files |= _files(content)
    files |= _files(changes)
    lists = {*paths, CHANGES, CHANGES + SIGNATURE}
    return Manifest({path: entry for path, entry in files.items() if entry}, lists, int(head[2]))


def _read(read, path: str) -> bytes:
    try:
        return read(path)
    except OSError as error:
        raise ManifestError(f"{path} cannot be read: {error}") from error


def _files(text: bytes) -> Files:
    files: Files = {}
    for line in text.decode().split("\n")[1:-1]:
        digest, size, moment, path = line.split(" ", 3)
        files[path] = None if digest == "-" else Entry(digest, int(size), int(moment))
    return files
