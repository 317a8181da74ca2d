"""Reading the CSV tables, each row with the line it stands on."""

import csv
import hashlib
import io
from dataclasses import dataclass
from pathlib import Path

from portal.loading.problems import Place, Problems


@dataclass(frozen=True)
class Row:
    """A row of a table: its place and its cells by column, stripped."""

    place: Place
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    @property
    def text(self) -> str:
        """All cells in one text, for fingerprints."""
        return "\x1f".join(self.cells.values())


def read_table(folder: Path, name: str, columns: tuple[str, ...], problems: Problems) -> list[Row]:
    """Return the rows of `name`; a missing file, other columns or a ragged row is told to `problems`."""
    text = problems.read_text(folder, name)
    if text is None:
        return []
    reader = csv.reader(io.StringIO(text, newline=""))
    header = next(reader, [])
    if tuple(header) != columns:
        odd = ", ".join(sorted(set(columns) ^ set(header))) or "their order"
        problems.add(Place(name, 1), f"the columns differ ({odd}); expected: {','.join(columns)}")
        return []
    rows = []
    line = reader.line_num + 1
    for cells in reader:
        place, line = Place(name, line), reader.line_num + 1
        if len(cells) == len(columns):
            rows.append(Row(place, dict(zip(columns, (cell.strip() for cell in cells), strict=True))))
        elif cells:
            problems.add(place, f"the row has {len(cells)} cells, the table {len(columns)} columns")
    return rows


def fingerprint(*texts: str) -> str:
    """Return the SHA-256 of the texts as 64 hexadecimal digits."""
    return hashlib.sha256("\x1e".join(texts).encode()).hexdigest()
