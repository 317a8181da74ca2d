"""What a role is: its group, the power it belongs to, and the rights it gives."""

from dataclasses import dataclass, field
from enum import Enum

RECORDS = ("bases.base", "bases.basecategory", "news.topic", "programs.figure", "programs.milestone")
WRITE = ("add", "change")
PUBLISH = (*WRITE, "publish")
# What every role may know of readers together: what they sought in vain, and what they read.
ABOUT_READERS = ("search.view_unfoundquery", "readership.view_dailyviews")

# Whoever writes or reviews reads the register of official names.
ABOUT_NAMES = ("terminology.view_name",)


class Power(Enum):
    """The three powers that no person unites."""

    EDITING = "editing"
    ADMINISTRATION = "administration"
    AUDIT = "audit"


@dataclass(frozen=True)
class Column:
    """A section of the site. `page_type` is the type of its front page in each language, or of its pages where it has none;
    `records` are the records that belong to it."""

    key: str
    name: str
    page_type: str
    records: tuple[str, ...] = ()


@dataclass(frozen=True)
class Role:
    """`pages` maps a language code to page rights; `records`, `library` (pictures and documents), `collections` and
    `enquiries` list rights of their kind, `permissions` whatever else the role holds. A `column` limits the rights on pages
    and records."""

    key: str
    name: str  # of the group
    duty: str
    power: Power = Power.EDITING
    pages: dict[str, tuple[str, ...]] = field(default_factory=dict)
    records: tuple[str, ...] = ()
    library: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()
    enquiries: tuple[str, ...] = ()
    permissions: tuple[str, ...] = ()
    column: Column | None = None

    @property
    def record_types(self) -> tuple[str, ...]:
        """The records that the role's record rights are for, as "app.model"."""
        return self.column.records if self.column else RECORDS
