"""Values that a process makes once and uses until something they were made of changes."""

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable

from core import changes
from core.dependencies import Recording, include, recording

MOST_VALUES = 2_000

_values: OrderedDict[Hashable, tuple[object, Recording]] = OrderedDict()


def remembered(key: Hashable, make: Callable):
    """Return what `make()` returned when it was called last for `key`; it is called anew after a change of what it read.

    All requests of the process share the value: nobody may alter it, and it must not hold the request. What was read by it
    counts as read by whoever is recording. A transaction sees its own changes, and nobody else sees them before its commit.
    """
    own_changes = changes.unsettled()
    if (kept := _values.get(key)) and _holds(kept[1], own_changes):
        include(kept[1])
        return kept[0]
    began = changes.latest()
    with recording() as made_of:
        value = make()
    if not made_of.untold and _holds(made_of, changes.unsettled()):
        with changes.lock:
            if not changes.touched_since(began, made_of.tags):
                _values[key] = value, made_of
                _values.move_to_end(key)
                while len(_values) > MOST_VALUES:
                    _values.popitem(last=False)
    return value


def _holds(made_of: Recording, own_changes: set[str]) -> bool:
    is_in_time = made_of.valid_until is None or time.time() < made_of.valid_until
    return is_in_time and (not own_changes or made_of.tags.isdisjoint(own_changes))


def _forget(tags: frozenset[str]) -> None:
    for key in [key for key, (_value, made_of) in _values.items() if not made_of.tags.isdisjoint(tags)]:
        del _values[key]


changes.listen(_forget)
