"""Two equal trees of files, of which one is served: `current` is a symbolic link to it, and `public`, which nginx reads, one to
`current`.

A publication brings the other tree up to date and then puts it in the place of the first by one rename(2). So it costs what it
changes, and whoever reads gets a whole former or a whole new mirror. Files are never written in place: a new version is a new
file, linked into both trees. The journal names the paths in which the two may differ; it is written before the idle tree is
touched, so that a publication that was interrupted anywhere is mended by the next one. The index is committed when the idle
tree is ready, and names it: a publication that was interrupted between that and the rename is finished by it (`resume`).
"""

import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from fcntl import LOCK_EX, LOCK_NB, flock
from pathlib import Path

CURRENT, PUBLIC, WITHDRAWN = "current", "public", "withdrawn"
SYNCED_AT_ONCE = 8  # files that are made safe at the same time: the disk's journal takes them together


class BusyError(Exception):
    """Another process writes the mirror."""


class Mirror:
    """The folder of the mirror: its trees, what stands beside them, and which one is served."""

    def __init__(self, folder: Path):
        self.folder = Path(folder)
        self.current = self.folder / CURRENT
        self.incoming = self.folder / "incoming"

    @contextmanager
    def locked(self, name: str = "writing", wait: bool = True) -> Iterator[None]:
        """Let one process at a time do what `name` says; without `wait`, raise BusyError while another does."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / f"{name}.lock").open("a") as file:
            try:
                flock(file, LOCK_EX if wait else LOCK_EX | LOCK_NB)
            except BlockingIOError as error:
                raise BusyError(f"Another process is {name} the mirror in {self.folder}.") from error
            yield

    @property
    def generation(self) -> str | None:
        """The name that the two trees have in common, None where there is no mirror."""
        with suppress(OSError):
            return self.current.readlink().name.rpartition("-")[0] or None
        return None

    def pair(self, generation: str) -> "Pair":
        return Pair(self, generation)

    def serve(self, tree: str) -> None:
        """Let `current` lead to `tree`, by one rename."""
        self._link(CURRENT, tree)
        if not self.is_public:
            self._link(PUBLIC, CURRENT)

    def withdraw(self) -> None:
        """Show nothing: the web server asks the application for everything until a publication makes the mirror true again."""
        (self.folder / WITHDRAWN).mkdir(parents=True, exist_ok=True)
        self._link(PUBLIC, WITHDRAWN)

    @property
    def is_public(self) -> bool:
        link = self.folder / PUBLIC
        return link.is_symlink() and str(link.readlink()) == CURRENT

    def _link(self, name: str, target: str) -> None:
        aside = self.folder / f"{name}.{os.getpid()}"
        aside.unlink(missing_ok=True)
        aside.symlink_to(target)
        aside.rename(self.folder / name)
        _sync_folder(self.folder)

    def remove_incoming(self) -> None:
        """Remove what was written aside and not published."""
        shutil.rmtree(self.incoming, ignore_errors=True)

    def remove_all_but(self, generation: str | None) -> None:
        """Remove every generation but this one, also what an interrupted process left of one."""
        for path in self.folder.glob("[0-9]*"):
            if path.name.partition("-")[0].partition(".")[0] != generation:
                shutil.rmtree(path) if path.is_dir() else path.unlink()


class Pair:
    """The two trees of a generation, with their journal and index."""

    def __init__(self, mirror: Mirror, generation: str):
        self.mirror, self.generation = mirror, generation
        self.index_file = mirror.folder / f"{generation}.sqlite3"
        self._journal = mirror.folder / f"{generation}.journal"
        self._names = (f"{generation}-a", f"{generation}-b")

    @property
    def served(self) -> Path:
        """The tree that is served; the first one of a generation that is not served yet."""
        name = self.mirror.current.readlink().name if self.mirror.current.is_symlink() else ""
        return self.mirror.folder / (name if name in self._names else self._names[0])

    @property
    def idle(self) -> Path:
        return self.mirror.folder / next(name for name in self._names if name != self.served.name)

    def differing(self) -> set[str]:
        with suppress(FileNotFoundError):
            return set(json.loads(self._journal.read_text()))
        return set()

    def _write_journal(self, paths: Iterable[str]) -> None:
        aside = self._journal.with_suffix(".aside")
        with aside.open("w") as file:
            json.dump(sorted(paths), file)
            file.flush()
            os.fsync(file.fileno())
        aside.rename(self._journal)

    def resume(self, tree: str | None) -> None:
        """Serve `tree`, which the index names, if a publication was interrupted before it did."""
        if tree and tree != self.served.name:
            self.mirror.serve(tree)

    def publish(self, written: dict[str, Path], removed: Iterable[str], ready: Callable[[str], None] | None = None) -> None:
        """Serve a mirror in which the files `written` (path: file written aside) are new and `removed` are gone; `ready` is
        called with the name of its tree right before."""
        touched = {*written, *removed}
        sync_files(written.values())
        former, served, idle = self.differing(), self.served, self.idle
        self._write_journal(former | touched)
        self.mirror.incoming.mkdir(exist_ok=True)
        for path in former - touched:
            self._copy_state(served / path, idle, path)
        for path in touched - written.keys():
            _remove(idle, path)
        for path, file in written.items():
            place = idle / path
            place.parent.mkdir(parents=True, exist_ok=True)
            file.rename(place)
        if ready:
            ready(idle.name)
        self.mirror.serve(idle.name)
        self._write_journal(touched)

    def _copy_state(self, source: Path, tree: Path, path: str) -> None:
        """Let `path` in `tree` be the same file as `source`, or absent as it is."""
        aside = self.mirror.incoming / "link"
        aside.unlink(missing_ok=True)
        try:
            os.link(source, aside)
        except FileNotFoundError:
            _remove(tree, path)
            return
        (tree / path).parent.mkdir(parents=True, exist_ok=True)
        aside.rename(tree / path)

    def complete(self) -> None:
        """Make the second tree of a new generation from the first, by links."""
        shutil.rmtree(self.idle, ignore_errors=True)
        shutil.copytree(self.served, self.idle, copy_function=os.link)
        self._write_journal(())


def sync_files(files: Iterable[Path]) -> None:
    """Return when the contents of `files` are safe on the disk. The file system keeps the order of what is done to names."""
    with ThreadPoolExecutor(SYNCED_AT_ONCE) as pool:
        for _done in pool.map(_sync_file, files):
            pass


def _sync_file(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _sync_folder(path: Path) -> None:
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _remove(tree: Path, path: str) -> None:
    """Remove the file `path` from `tree`, and the folders that are empty without it."""
    place = tree / path
    place.unlink(missing_ok=True)
    for folder in place.parents:
        if folder == tree:
            return
        try:
            folder.rmdir()
        except FileNotFoundError:
            continue
        except OSError:
            return
