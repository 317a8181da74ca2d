"""The register of official names as it is now, read once and again after each change."""

from collections.abc import Iterable, Iterator
from functools import cached_property

from django.db.models import Count, Max

from terminology.matching import Matcher
from terminology.models import Name


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


_known: tuple[tuple, Register] | None = None


def current_register() -> Register:
    """Return the register as it stands in the database: one small query where nothing has changed."""
    global _known
    version = tuple(Name.objects.aggregate(count=Count("pk"), newest=Max("pk"), changed=Max("changed_at")).values())
    known = _known
    if known is None or known[0] != version:
        known = _known = (version, Register(Name.objects.defer("note", "source", "source_url")))
    return known[1]
