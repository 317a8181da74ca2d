"""The list of actions that are tried; each module of actions adds its own."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.matrix.scene import Case

#: Own, another person's, in the other language, in another column.
EVERYWHERE = ("own", "others", "language", "column")
SECTIONS = ("own", "language", "column")
ONCE = ("",)


@dataclass(frozen=True)
class Action:
    """`tried` does the thing as the case's person and returns whether it took effect."""

    key: str
    scopes: tuple[str, ...]
    tried: Callable[[Case], bool]


ACTIONS: dict[str, Action] = {}


def action(*scopes: str):
    """Register a function, by its name, as an action in `scopes`."""

    def register(function):
        key = function.__name__
        ACTIONS[key] = Action(key, scopes or ONCE, function)
        return function

    return register


def opens(case: Case, address: str, **query) -> bool:
    """Return whether the person may open `address`."""
    return case.client.get(address, query).status_code == 200
