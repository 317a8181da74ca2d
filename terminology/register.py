"""The register of official names as it is now, read once and again after each change."""

from collections.abc import Iterable, Iterator
from functools import cached_property

from core.memory import remembered
from terminology.matching import Matcher
from terminology.models import Name

#: What of a name neither finds it nor is told of it.
UNSEEN = ("as_of", "note", "source", "source_url")


class Register:
    """The official names, with what finds them in texts."""

    def __init__(self, names: Iterable[Name]):
        self.names = list(names)

    @cached_property
    def matcher(self) -> Matcher:
        return Matcher(designation for name in self.names for designation in name.designations())

    def groups(self) -> Iterator[tuple[list[str], list[str]]]:
        """Yield for each name the ways of writing it that are correct, and the variants."""
        for name in self.names:
            written = list(name.designations())
            yield (
                [entry.text for entry in written if entry.is_correct],
                [entry.text for entry in written if not entry.is_correct],
            )


def current_register() -> Register:
    """Return the register as the process remembers it until a name changes."""
    return remembered("register", lambda: Register(Name.objects.defer(*UNSEEN)))
