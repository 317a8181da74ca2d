"""What is asked of a search, and what it finds."""

from collections import Counter
from dataclasses import dataclass, field

from core.findable import Kind
from search.highlights import Piece
from search.models.entry import Entry
from search.ranking import Rank
from search.understanding import Understood


@dataclass(frozen=True)
class Hit:
    """A found item as a list shows it: its path, its title and a snippet in pieces, and why it stands where it does."""

    entry: Entry
    path: str
    title: list[Piece]
    snippet: list[Piece]
    rank: Rank


@dataclass
class Group:
    """The first hits of a kind, and how many there are; `query` is that of the address which lists them all."""

    kind: Kind
    count: int
    hits: list[Hit]
    query: str = ""


@dataclass
class Findings:
    """What a query finds: how it was understood, counts by kind, the count in the other language, and its hits: in
    groups by kind, or of one kind `hits` of the asked page."""

    understood: Understood
    counts: Counter = field(default_factory=Counter)
    elsewhere: int = 0
    groups: list[Group] = field(default_factory=list)
    hits: list[Hit] = field(default_factory=list)

    @property
    def total(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True)
class Asked:
    """What is asked for: of one `kind` or all; `filters` as pairs of name and value; newest first where `by_date`."""

    query: str
    kind: str = ""
    filters: tuple[tuple[str, str], ...] = ()
    by_date: bool = False
    page: int = 1
