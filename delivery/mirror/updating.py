"""Bringing the mirror up to date with the changes that it does not hold yet."""

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from core import changes
from core.dependencies import recording
from delivery.mirror import addresses
from delivery.mirror.answers import Answer, Application
from delivery.mirror.families import Family
from delivery.mirror.index import PAGE, Entry, Index
from delivery.mirror.keys import signing_key
from delivery.mirror.kinds import file_of
from delivery.mirror.manifest import BASE, CHANGES, digest, list_text, part, signed
from delivery.mirror.pictures import link_picture
from delivery.mirror.rules import REDIRECTS, Headers, write_redirects
from delivery.mirror.trees import Mirror, Pair
from delivery.mirror.variants import variants_of, write_file, write_variants

FOLDED = 2_000  # lines of changes after which they become a part of the manifest
MOST_PARTS = 50  # after which the whole manifest is written anew
MOST_ROUNDS = 5  # of changes that come while earlier ones are taken in


class MissingMirrorError(Exception):
    """There is no mirror that can be brought up to date."""


@dataclass(frozen=True)
class Updated:
    """How many files were written or removed, and how many lines the changes of the manifest have."""

    files: int
    changes: int


def update(mirror: Mirror, application: Application) -> Updated:
    """Take in the changes that are not in the mirror; raise MissingMirrorError where there is no mirror, or where the database
    does not tell what has changed since: then the mirror is withdrawn."""
    with _current(mirror) as pair:
        try:
            return bring_up_to_date(pair, application)
        except changes.PositionLostError as error:
            mirror.withdraw()
            raise MissingMirrorError(f"The mirror is withdrawn, manage.py mirror writes a new one: {error}.") from error


@contextmanager
def _current(mirror: Mirror) -> Iterator[Pair]:
    """Give the pair that is served, for nobody else to write."""
    with mirror.locked():
        generation = mirror.generation
        if generation is None:
            raise MissingMirrorError(f"There is no mirror in {mirror.folder}: manage.py mirror writes one.")
        mirror.remove_incoming()
        try:
            yield mirror.pair(generation)
        finally:
            mirror.remove_incoming()


def bring_up_to_date(pair: Pair, application: Application, always: bool = False) -> Updated:
    """Publish what the changes since the position of the pair's index touched; with `always` even where they touched nothing.

    Before the index is committed an interruption leaves all as it was, and the same changes are taken in once more.
    """
    with Index(pair.index_file) as index:
        pair.resume(index.tree)
        batch, files, told = Batch(pair, index, application), 0, set()
        rows, position = changes.since(index.position)
        for _round in range(MOST_ROUNDS):
            tags = {tag for row in rows for tag in row.tags}
            told |= tags
            changes.look()
            batch.gather(tags)
            # What was committed while pages were made may show on some of them already: the others follow at once.
            rows, position = changes.since(position)
            if not rows:
                break
        if any(REDIRECTS in tag for tag in told):
            write_redirects(pair.mirror)
        index.position = position
        if always or not batch.is_empty or not pair.mirror.is_public:
            files = batch.publish()
        return Updated(files, index.number_of_changes())


class Batch:
    """What a number of changes touches, and the files that come of it."""

    def __init__(self, pair: Pair, index: Index, application: Application):
        self.pair, self.index, self._application = pair, index, application
        self._headers = Headers(index.headers, is_complete=True)
        self._answers: dict[str, Answer] = {}
        self._former_files: set[str] = set()
        self._pictures: set[str] = set()

    @property
    def is_empty(self) -> bool:
        return not (self._answers or self._former_files)

    def gather(self, tags: set[str]) -> None:
        """Ask anew what read one of `tags`, what has changed by itself, and the pages that are new."""
        touched = {entry.address: entry for entry in (*self.index.touched(tags), *self.index.expired(time.time()))}
        pages = {int(address.removeprefix(PAGE)) for address, entry in touched.items() if not entry.root}
        pages |= addresses.pages_named(tags)
        if addresses.touches_all_pages(tags):
            pages |= {*addresses.all_pages(), *(int(address.removeprefix(PAGE)) for address in self.index.pages())}
        came, went = self._ask_pages(pages)
        for root in went:
            for address in self.index.family(root):
                self._forget(address)
        for root in came:
            self._put(Entry(root, root))
        roots = {entry.root for entry in touched.values() if entry.root} - went | came
        for root in sorted(roots):
            self._gather_family(root, {*touched, *came})

    def _ask_pages(self, keys: Iterable[int]) -> tuple[set[str], set[str]]:
        """Return the roots that came and those that went, as the pages of `keys` name them."""
        request, before, after = addresses.page_request(), set(), set()
        for key in sorted(keys):
            entry = self.index.entry(f"{PAGE}{key}")
            before.update(entry.links if entry else ())
            with recording() as read:
                roots = addresses.roots_of(key, request)
            after.update(roots)
            self.index.remove(f"{PAGE}{key}")
            if roots:
                self.index.put(Entry(f"{PAGE}{key}", "", links=tuple(roots), tags=frozenset(read.tags)))
        return after - before, before - after

    def _gather_family(self, root: str, stale: set[str]) -> None:
        known = self.index.family(root)
        family = Family(root, self._application, self._headers, self.index.is_root).gather(known, stale)
        for address in known.keys() - family.entries.keys():
            self._forget(address)
        for address, entry in family.entries.items():
            if entry is not known.get(address):
                self._put(entry)
        self._answers |= family.answers

    def _forget(self, address: str) -> None:
        entry = self.index.entry(address)
        if entry:
            self._former_files |= {entry.file} - {""}
            self._pictures |= self.index.shown_by(address)
            self._answers.pop(address, None)
            self.index.remove(address)

    def _put(self, entry: Entry) -> None:
        self._forget(entry.address)
        self._pictures |= entry.shows
        self.index.put(entry)

    def publish(self) -> int:
        """Write what is new aside, publish it, and return how many files were written or removed."""
        incoming, fresh, kept = self.pair.mirror.incoming, {}, set()
        for answer in self._answers.values():
            file = file_of(answer)
            kept.add(file)
            former = self.index.file(file)
            if former is None or former.sha256 != digest(answer.body):
                fresh |= write_variants(incoming, file, answer.body, answer.content_type, _later_than(former))
        shown = {picture for picture in self._pictures if self.index.is_shown(picture)}
        for picture in shown:
            if self.index.file(picture) is None and (entry := link_picture(picture, incoming / picture)):
                fresh[picture] = entry
        gone = {path for file in self._former_files - kept for path in variants_of(file)}
        gone = {path for path in gone | (self._pictures - shown) if self.index.file(path)}
        self.index.put_files(fresh | dict.fromkeys(gone))
        lists = changes_list(self.index, incoming) if fresh or gone else {}
        self.pair.publish({path: incoming / path for path in (*fresh, *lists)}, gone, self.index.settle)
        return len(fresh) + len(gone)


def fold(mirror: Mirror) -> None:
    """Let the changes become a list of the manifest that stays as it is, and publish that: so each publication writes and signs
    no more than FOLDED lines. Once in MOST_PARTS times all files are listed anew, which costs more in a larger mirror."""
    with _current(mirror) as pair, Index(pair.index_file) as index:
        pair.resume(index.tree)
        parts = [part(number) for number in range(1, len(index.lists))]
        is_full = len(parts) >= MOST_PARTS
        written = (base_list if is_full else part_list)(index, mirror.incoming)
        pair.publish({path: mirror.incoming / path for path in written}, parts if is_full else (), index.settle)


def base_list(index: Index, folder: Path) -> list[str]:
    """Write the whole manifest below `folder` and return the paths of its files."""
    text = list_text("base", {path: entry for path, entry in index.files().items() if entry})
    index.fold_files([digest(text)])
    return [*_write({BASE: text}, folder), *changes_list(index, folder)]


def part_list(index: Index, folder: Path) -> list[str]:
    """Write the changes since the last part as a further one below `folder` and return the paths of the files."""
    text, lists = list_text("part", index.changes()), index.lists
    index.fold_files([*lists, digest(text)])
    return [*_write({part(len(lists)): text}, folder), *changes_list(index, folder)]


def changes_list(index: Index, folder: Path) -> list[str]:
    """Write the changes since the last part below `folder` and return the paths of their files."""
    return _write(signed(CHANGES, list_text("changes", index.changes(), index.lists), signing_key()), folder)


def _write(files: dict[str, bytes], folder: Path) -> list[str]:
    for path, content in files.items():
        write_file(folder / path, content, int(time.time()))
    return list(files)


def _later_than(entry) -> int:
    """Return this second, or the one after that of `entry`: browsers tell versions apart by second and size."""
    now = int(time.time())
    return max(now, entry.time + 1) if entry else now
