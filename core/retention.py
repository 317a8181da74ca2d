"""How long each room keeps what it keeps. A room registers its rules when it is ready; `manage.py keep_retention` applies
them all, once a day."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Rule:
    """`apply` removes (or closes) what has been kept for its time and returns how many items that were."""

    key: str
    title: str
    apply: Callable[[], int]


_rules: dict[str, Rule] = {}


def register(rule: Rule) -> None:
    _rules[rule.key] = rule


def rules() -> list[Rule]:
    """Return the rules of all rooms, in the order of their keys."""
    return [_rules[key] for key in sorted(_rules)]
