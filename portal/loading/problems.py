"""What is wrong with the starter content, told by file and line."""

from dataclasses import dataclass

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

    def raise_if_any(self) -> None:
        if self._lines:
            raise StarterContentError(self._lines)
