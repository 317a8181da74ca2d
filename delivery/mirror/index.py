"""What each address of the mirror was made of, in an SQLite file beside the trees.

Three kinds of entries: pages of the CMS ("page 12"), of which the addresses are asked; roots, the addresses that pages name;
and what belongs to the family of a root: further pages of a list, feeds, exports. Each entry has the tags that were read for
it (core.dependencies), so that a change costs what it touches, however large the mirror is.
"""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from core.changes import Position
from delivery.mirror.manifest import Entry as FileEntry
from delivery.mirror.manifest import Files

SCHEMA = """
CREATE TABLE entry (
    id INTEGER PRIMARY KEY, address TEXT NOT NULL UNIQUE, root TEXT NOT NULL,
    file TEXT NOT NULL, until REAL, links TEXT NOT NULL
);
CREATE INDEX entry_root ON entry (root);
CREATE INDEX entry_until ON entry (until) WHERE until IS NOT NULL;
CREATE TABLE tag (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE reads (tag INTEGER NOT NULL, entry INTEGER NOT NULL, PRIMARY KEY (tag, entry)) WITHOUT ROWID;
CREATE INDEX reads_entry ON reads (entry);
CREATE TABLE shows (file TEXT NOT NULL, entry INTEGER NOT NULL, PRIMARY KEY (file, entry)) WITHOUT ROWID;
CREATE INDEX shows_entry ON shows (entry);
CREATE TABLE file (path TEXT PRIMARY KEY, sha256 TEXT, size INTEGER, time INTEGER, changed INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX file_changed ON file (path) WHERE changed;
CREATE TABLE state (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""
PAGE = "page "


@dataclass(frozen=True)
class Entry:
    """`root` is the root of the family, "" for a page; `file` is "" for what only the server answers; `links` are addresses
    that may belong to the family, of a page its roots; `shows` are the pictures that stand in it."""

    address: str
    root: str
    file: str = ""
    until: float | None = None
    links: tuple[str, ...] = ()
    tags: frozenset[str] = field(default=frozenset(), compare=False)
    shows: frozenset[str] = field(default=frozenset(), compare=False)


class Index:
    def __init__(self, file: Path, new: bool = False):
        self._database = sqlite3.connect(file, isolation_level=None)
        self._database.execute("PRAGMA journal_mode=WAL")
        if new:
            self._database.execute("PRAGMA synchronous=OFF")  # a new mirror that is not finished is thrown away
            self._database.executescript(SCHEMA)
        self._tags: dict[str, int] = {}

    def __enter__(self) -> "Index":
        self._database.execute("BEGIN")
        return self

    def __exit__(self, failure, *_details) -> None:
        """Commit what was written since the beginning; what failed is rolled back when the file is closed."""
        try:
            if not failure:
                self._database.execute("COMMIT")
        finally:
            self._database.close()

    def commit(self) -> None:
        """Let other processes see what was written, and go on."""
        self._database.execute("COMMIT")
        self._database.execute("BEGIN")

    # What is read.

    def entry(self, address: str) -> Entry | None:
        row = self._database.execute(
            "SELECT address, root, file, until, links FROM entry WHERE address = ?", (address,)
        ).fetchone()
        return _entry(row) if row else None

    def family(self, root: str) -> dict[str, Entry]:
        rows = self._database.execute("SELECT address, root, file, until, links FROM entry WHERE root = ?", (root,))
        return {row[0]: _entry(row) for row in rows}

    def is_root(self, address: str) -> bool:
        found = self._database.execute("SELECT 1 FROM entry WHERE address = ? AND root = address", (address,))
        return found.fetchone() is not None

    def touched(self, tags: Iterable[str]) -> list[Entry]:
        """Return the entries that read one of `tags`."""
        rows = self._database.execute(
            "SELECT DISTINCT entry.address, entry.root, file, until, links FROM json_each(?) AS given"
            " JOIN tag ON tag.name = given.value JOIN reads ON reads.tag = tag.id JOIN entry ON entry.id = reads.entry",
            (json.dumps(list(tags)),),
        )
        return [_entry(row) for row in rows]

    def expired(self, moment: float) -> list[Entry]:
        rows = self._database.execute("SELECT address, root, file, until, links FROM entry WHERE until <= ?", (moment,))
        return [_entry(row) for row in rows]

    def next_expiry(self) -> float | None:
        return self._database.execute("SELECT MIN(until) FROM entry").fetchone()[0]

    def pages(self) -> list[str]:
        return [row[0] for row in self._database.execute("SELECT address FROM entry WHERE root = ''")]

    def is_shown(self, file: str) -> bool:
        return self._database.execute("SELECT 1 FROM shows WHERE file = ?", (file,)).fetchone() is not None

    def shown(self) -> set[str]:
        return {row[0] for row in self._database.execute("SELECT DISTINCT file FROM shows")}

    def shown_by(self, address: str) -> set[str]:
        rows = self._database.execute("SELECT shows.file FROM shows JOIN entry ON id = entry WHERE address = ?", (address,))
        return {row[0] for row in rows}

    def file(self, path: str) -> FileEntry | None:
        """Return what the manifest says of `path`, None for a file that is gone or never was."""
        row = self._database.execute("SELECT sha256, size, time FROM file WHERE path = ?", (path,)).fetchone()
        return FileEntry(*row) if row and row[0] else None

    def files(self) -> Files:
        """Return all lines of the manifest."""
        return _files(self._database.execute("SELECT path, sha256, size, time FROM file"))

    def changes(self) -> Files:
        """Return the lines of the manifest that stand in none of its `lists` yet."""
        return _files(self._database.execute("SELECT path, sha256, size, time FROM file WHERE changed"))

    def number_of_changes(self) -> int:
        return self._database.execute("SELECT COUNT(*) FROM file WHERE changed").fetchone()[0]

    @property
    def lists(self) -> list[str]:
        """The SHA-256 of each list of the manifest before its changes, in their order."""
        return json.loads(self._database.execute("SELECT value FROM state WHERE name = 'lists'").fetchone()[0])

    @property
    def headers(self) -> dict[str, tuple]:
        """The headers of each kind of file."""
        row = self._database.execute("SELECT value FROM state WHERE name = 'headers'").fetchone()
        return {kind: tuple(map(tuple, lines)) for kind, lines in json.loads(row[0]).items()}

    @headers.setter
    def headers(self, kinds: dict[str, tuple]) -> None:
        self._database.execute("INSERT OR REPLACE INTO state VALUES ('headers', ?)", (json.dumps(kinds),))

    @property
    def position(self) -> Position | None:
        """How far the changes are taken in."""
        row = self._database.execute("SELECT value FROM state WHERE name = 'position'").fetchone()
        if row is None:
            return None
        last, missing = json.loads(row[0])
        return Position(last, tuple((number, moment) for number, moment in missing))

    @property
    def tree(self) -> str | None:
        """The name of the tree that this index is of."""
        row = self._database.execute("SELECT value FROM state WHERE name = 'tree'").fetchone()
        return row[0] if row else None

    # What is written.

    def settle(self, tree: str) -> None:
        """Let other processes see what was written, as that of `tree`, and go on."""
        self._database.execute("INSERT OR REPLACE INTO state VALUES ('tree', ?)", (tree,))
        self.commit()

    @position.setter
    def position(self, position: Position) -> None:
        value = json.dumps([position.last, position.missing])
        self._database.execute("INSERT OR REPLACE INTO state VALUES ('position', ?)", (value,))

    def put_files(self, files: Files, changed: bool = True) -> None:
        """Note what the manifest says of `files`; a file that is gone is None."""
        rows = (
            (path, *((entry.sha256, entry.size, entry.time) if entry else (None, None, None)), changed)
            for path, entry in files.items()
        )
        self._database.executemany("INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?, ?)", rows)

    def fold_files(self, lists: list[str]) -> None:
        """Note that every line of the manifest stands in the `lists` of these SHA-256."""
        self._database.execute("DELETE FROM file WHERE changed AND sha256 IS NULL")
        self._database.execute("UPDATE file SET changed = 0 WHERE changed")
        self._database.execute("INSERT OR REPLACE INTO state VALUES ('lists', ?)", (json.dumps(lists),))

    def put(self, entry: Entry) -> None:
        self.remove(entry.address)
        values = (entry.address, entry.root, entry.file, entry.until, json.dumps(entry.links))
        number = self._database.execute(
            "INSERT INTO entry (address, root, file, until, links) VALUES (?, ?, ?, ?, ?)", values
        ).lastrowid
        reads = sorted((self._tag(tag), number) for tag in entry.tags)
        self._database.executemany("INSERT INTO reads VALUES (?, ?)", reads)
        self._database.executemany("INSERT INTO shows VALUES (?, ?)", [(file, number) for file in entry.shows])

    def remove(self, address: str) -> None:
        row = self._database.execute("SELECT id FROM entry WHERE address = ?", (address,)).fetchone()
        if row:
            self._database.execute("DELETE FROM reads WHERE entry = ?", row)
            self._database.execute("DELETE FROM shows WHERE entry = ?", row)
            self._database.execute("DELETE FROM entry WHERE id = ?", row)

    def _tag(self, name: str) -> int:
        if name not in self._tags:
            row = self._database.execute("SELECT id FROM tag WHERE name = ?", (name,)).fetchone()
            self._tags[name] = row[0] if row else self._database.execute("INSERT INTO tag (name) VALUES (?)", (name,)).lastrowid
        return self._tags[name]


def _entry(row) -> Entry:
    return Entry(*row[:4], tuple(json.loads(row[4])))


def _files(rows) -> Files:
    return {path: FileEntry(*values) if values[0] else None for path, *values in rows}
