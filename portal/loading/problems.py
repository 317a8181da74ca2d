"""What is wrong with the starter content, told by file and line."""

from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ValidationError


@dataclass(frozen=True)
class Place:
    """A line of a starter file; `file` is relative to the starter folder, lines count from 1."""

    file: str
    line: int

    def __str__(self):
        return f"{self.file}:{self.line}"


class StarterContentError(Exception):
    """The starter content cannot be loaded; `problems` name place and remedy, one a line."""

    def __init__(self, problems: list[str]):
        self.problems = problems
        super().__init__("\n".join(problems))


class Problems:
    """Collects what is wrong, so that one run names all of it."""

    def __init__(self):
        self._lines: list[str] = []

    def add(self, place: Place, message: str) -> None:
        self._lines.append(f"{place}: {message}")

    def add_validation(self, place: Place, error: ValidationError) -> None:
        """Take over the messages of a model's own validation, field by field."""
        if hasattr(error, "message_dict"):
            for name, messages in error.message_dict.items():
                for message in messages:
                    self.add(place, message if name == "__all__" else f"{name}: {message}")
        else:
            for message in error.messages:
                self.add(place, message)

    def read_text(self, folder: Path, file: str) -> str | None:
        """Return the text of `file`; None, with the fault noted, when it is missing or no UTF-8."""
        try:
            return (folder / file).read_text(encoding="utf-8-sig")
        except FileNotFoundError:
            self.add(Place(file, 1), "the file is missing")
        except UnicodeDecodeError as error:
            line = error.object[: error.start].count(b"\n") + 1
            self.add(Place(file, line), "the text is not UTF-8: save the file as UTF-8")
        return None

    def raise_if_any(self) -> None:
        if self._lines:
            raise StarterContentError(self._lines)
