"""What is offered while a reader types: names and titles by a part of them, by pinyin or by initials."""

from dataclasses import dataclass

from core.findable import Kind
from core.folding import fold
from search.analysis import full_pinyin, initials_of
from search.backends import planned_for_the_index
from search.backends.asking import name_expression
from search.finding import Search
from search.lookup import Order, first_ids

SHOWN = 8
READ = 15  # hits of each kind, of which the best are shown
MAX_LENGTH = 60
_ORDER = list(Kind)


@dataclass(frozen=True)
class Suggestion:
    title: str
    path: str
    kind: Kind


def suggest(search: Search, typed: str) -> list[Suggestion]:
    """Return at most SHOWN items that `typed` is the name of, or a beginning of it; [] for nothing and for one letter."""
    typed = typed[:MAX_LENGTH]
    expression = name_expression(typed)
    if expression is None or (len(fold(typed)) == 1 and typed.isascii()):
        return []
    with planned_for_the_index():
        ids = first_ids(expression, "names", search.scope, search.language.code, Kind.values, Order.TITLE, READ)
    found = list(search.entries([number for numbers in ids.values() for number in numbers]).values())
    found.sort(key=lambda entry: _order(entry, _joined(typed)))
    paths = search.paths(found[:SHOWN])
    return [Suggestion(entry.title, paths[entry.pk], Kind(entry.kind)) for entry in found[:SHOWN] if entry.pk in paths]


def _order(entry, typed: str) -> tuple:
    """Return what sorts suggestions: whether the typed text begins a title or its sound, then a name; then by kind."""
    title = _joined(entry.title)
    if any(text.startswith(typed) for text in (title, full_pinyin(title), initials_of(title))):
        beginning = 0
    else:
        beginning = 1 if any(_joined(name).startswith(typed) for name in entry.names.split("\n")) else 2
    return beginning, _ORDER.index(Kind(entry.kind)), len(entry.title), entry.title


def _joined(text: str) -> str:
    return "".join(fold(text).split())
