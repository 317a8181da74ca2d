"""The personal data that the portal keeps: each room that keeps some says here how it is found, exported and erased.

A room subclasses Keeper in its `personal_data.py` and registers one when its app is ready. A keeper for people without an
account, such as one of letters sent through a form, goes by `person.email` and `person.names`; one for staff by
`person.user`.

`manage.py export_person` gathers the exports; `manage.py erase_person` lets each keeper erase, in one transaction and in
the order of registration, and without --yes rolls it back: files are therefore removed with transaction.on_commit.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Person:
    """Somebody whose data is asked for: the account, where there is one, the e-mail address, and names that whoever
    erases them vouches for: texts may speak of a namesake."""

    user: object | None
    email: str
    names: tuple[str, ...] = ()

    @property
    def told_by(self) -> tuple[str, ...]:
        """What names the person in a text."""
        return tuple(text for text in (self.email, *self.names) if text)


@dataclass
class Erasure:
    """How many items of each kind were erased or made anonymous, and what people must see to by hand."""

    counts: dict[str, int] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)


class Keeper:
    """A room's answer to a person who asks. `key` names its part of the export; `kept` says what erasing leaves, and why."""

    key: str
    kept: str = ""

    def export(self, person: Person):
        """Return what is kept about the person, as values that JSON can hold; empty when it is nothing."""
        raise NotImplementedError

    def erase(self, person: Person) -> Erasure:
        """Erase it."""
        raise NotImplementedError


@dataclass(frozen=True)
class Views:
    """Views of the admin in the namespace `namespace` that show personal data kept in `model`; `names` are those whose
    opening is recorded. Whatever is exported from the namespace is personal data too."""

    namespace: str
    model: type
    names: frozenset[str]


_keepers: dict[str, Keeper] = {}
_views: dict[str, Views] = {}


def register(keeper: Keeper) -> None:
    _keepers[keeper.key] = keeper


def keepers() -> list[Keeper]:
    return list(_keepers.values())


def register_views(views: Views) -> None:
    _views[views.namespace] = views


def views_of(namespace: str) -> Views | None:
    """Return what was registered for `namespace`, None where nothing in it shows personal data."""
    return _views.get(namespace)
