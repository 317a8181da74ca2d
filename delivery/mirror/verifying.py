"""Finding what is not as it was signed: in a tree of files, or at the address of a portal, with nothing but the public key."""

import os
import random
import urllib.error
import urllib.request
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from delivery.mirror.keys import public_key
from delivery.mirror.kinds import QUERIES
from delivery.mirror.manifest import Manifest, digest, read_manifest
from delivery.mirror.variants import ENDINGS

SECONDS = 20  # for an answer
LARGEST = 64 * 1024 * 1024


@dataclass(frozen=True)
class Findings:
    files: int
    faults: list[str]
    moment: datetime


def verify_tree(tree: Path, key: str) -> Findings:
    """Compare every file below `tree` with its manifest; raise ManifestError where that is not signed by the public `key`."""
    tree = tree.resolve()
    manifest = read_manifest(lambda path: (tree / path).read_bytes(), public_key(key))
    faults = []
    present = {str(path.relative_to(tree)) for path in _files(tree)} - manifest.lists
    for path, entry in sorted(manifest.files.items()):
        if path not in present:
            faults.append(f"missing: {path}")
        elif digest((tree / path).read_bytes()) != entry.sha256:
            faults.append(f"altered: {path}")
    faults += [f"extra: {path}" for path in sorted(present - manifest.files.keys())]
    return _findings(manifest, len(manifest.files), faults)


def verify_served(address: str, key: str, sample: int = 0) -> Findings:
    """Fetch what the portal at `address` serves, `sample` files of it or all, and compare it with the signed manifest.

    A file that differs is compared once more with the manifest of then: a publication may have come between.
    """
    address, checked = address.rstrip("/"), public_key(key)

    def read() -> Manifest:
        return read_manifest(lambda path: _fetch(f"{address}/{path}", "identity")[1], checked)

    manifest = read()
    paths = sorted(path for path in manifest.files if not path.startswith("_errors/"))
    if sample:
        paths = sorted(random.SystemRandom().sample(paths, min(sample, len(paths))))
    suspects = [path for path in paths if _fault(address, path, manifest)]
    if suspects:
        manifest = read()
    faults = [fault for path in suspects if (fault := _fault(address, path, manifest))]
    return _findings(manifest, len(paths), faults)


def _fault(address: str, path: str, manifest: Manifest) -> str:
    """Return what is wrong with the file `path` as it is served, "" if nothing is."""
    if path not in manifest.files:
        return ""
    coding, ending = next((name or "identity", ending) for name, ending in ENDINGS.items() if path.endswith(ending))
    try:
        answered, content = _fetch(address + served_at(path.removesuffix(ending)), coding)
    except OSError as error:
        return f"missing: {path} ({error})"
    if answered != coding:
        return "" if ending == ".br" and answered in ("gzip", "identity") else f"not served as {coding}: {path}"
    return "" if digest(content) == manifest.files[path].sha256 else f"altered: {path}"


def served_at(path: str) -> str:
    """Return the address ("/zh/news/?page=2") that the file `path` answers."""
    folder, _slash, name = path.rpartition("/")
    is_index = name.startswith(("index.", "noindex."))
    if folder.startswith(f"{QUERIES}/"):
        place, _slash, query = folder.removeprefix(QUERIES).rpartition("/")
        return f"{quote(place)}/?{query}"
    return quote(f"/{folder}/" if is_index else f"/{path}")


def _fetch(url: str, coding: str) -> tuple[str, bytes]:
    request = urllib.request.Request(url, headers={"Accept-Encoding": coding, "User-Agent": "portal-mirror-verify"})  # noqa: S310
    with urllib.request.urlopen(request, timeout=SECONDS) as response:  # noqa: S310 - whoever calls names the address
        return response.headers.get("Content-Encoding", "identity"), response.read(LARGEST)


def _files(tree: Path):
    for folder, _folders, names in os.walk(tree):
        yield from (Path(folder) / name for name in names)


def _findings(manifest: Manifest, files: int, faults: list[str]) -> Findings:
    return Findings(files, faults, datetime.fromtimestamp(manifest.moment, UTC))
