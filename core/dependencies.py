"""What an answer was made of, collected while it is made.

Whoever makes something that is kept opens a `recording()`. What is read meanwhile leaves tags in it:

- each object leaves `table:key`, by itself; pages have the table of all pages, whatever their type;
- each search in a table leaves the table's name, by itself: whatever changes there touches it. Rows fetched by their keys,
  and what belongs to a page or record, count as the objects;
- within `narrowed("tag", …)` the searches leave those tags in the place of the tables' names: whoever narrows says exactly
  when the result changes, and announces the tag then (core.watching). With an `aspect` objects leave `table:key/aspect`
  alone, which is touched only when the fields of that aspect change; with `aspect=None` they leave nothing.
- `~table` is left by everything that reads the table in any way, for changes that nobody can tell more of.

So who forgets to narrow has too much made anew, never too little.
"""

from collections.abc import Container, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace

WHOLE = ""
#: The tag that every recording has, for changes that may touch anything.
EVERYTHING = "*"
#: The name under which an answer states that it depends on the query as it stands.
ANY_PARAMETER = "*"


@dataclass(slots=True)
class Recording:
    """What was read: `tags`; the query `parameters` that were asked for; `untold`, tables read of whose changes nobody tells.

    `may_be_kept` is set by answers that are the same for every reader; `valid_until` (seconds since the epoch) bounds the life
    of those that change by themselves.
    """

    tags: set[str] = field(default_factory=lambda: {EVERYTHING})
    parameters: set[str] = field(default_factory=set)
    untold: set[str] = field(default_factory=set)
    may_be_kept: bool = False
    valid_until: float | None = None

    def include(self, other: "Recording") -> None:
        """Add what `other` read: this one was made of it."""
        self.tags |= other.tags
        self.parameters |= other.parameters
        self.untold |= other.untold
        if other.valid_until is not None:
            self.bound(other.valid_until)

    def with_aspect(self, row: str, aspect: str) -> "Recording":
        """Return what was read, but of the object of the tag `row` no more than `aspect`."""
        return replace(self, tags={f"{row}/{aspect}" if tag == row else tag for tag in self.tags})

    def bound(self, moment: float) -> None:
        self.valid_until = moment if self.valid_until is None else min(moment, self.valid_until)


@dataclass(slots=True)
class _State:
    recording: Recording
    is_narrowed: bool = False
    aspect: str | None = WHOLE


_state: ContextVar[_State | None] = ContextVar("what is read", default=None)


@contextmanager
def recording(apart: bool = False) -> Iterator[Recording]:
    """Collect what is read within; the recording around this one, if any, gets it too, unless they are kept `apart`: then
    who opened this one includes what counts."""
    around, own = _state.get(), Recording()
    token = _state.set(_State(own))
    try:
        yield own
    finally:
        _state.reset(token)
        if around is not None and not apart:
            around.recording.include(own)


@contextmanager
def narrowed(*tags: str, aspect: str | None = WHOLE) -> Iterator[None]:
    """Let what is searched within depend on `tags` alone, and on `aspect` of the objects that are found."""
    state = _state.get()
    if state is None:
        yield
        return
    state.recording.tags.update(tags)
    token = _state.set(_State(state.recording, True, aspect))
    try:
        yield
    finally:
        _state.reset(token)


def read(*tags: str) -> None:
    """State that what is being made depends on `tags`."""
    if state := _state.get():
        state.recording.tags.update(tags)


def include(other: Recording) -> None:
    """State that what is being made holds what was made under `other`."""
    if state := _state.get():
        state.recording.include(other)


def may_be_kept() -> None:
    """State that the answer being made is the same for every reader of the address, but for the parameters that were read."""
    if state := _state.get():
        state.recording.may_be_kept = True


def not_worth_keeping() -> None:
    """State that the answer being made is one of endlessly many, such as one to a reader's own words."""
    valid_until(0)


def valid_until(moment: float) -> None:
    """State that what is being made changes by itself at `moment` (seconds since the epoch)."""
    if state := _state.get():
        state.recording.bound(moment)


def parameter_read(name: str) -> None:
    """State that what is being made depends on the query parameter `name`."""
    if state := _state.get():
        state.recording.parameters.add(name)


def is_recording() -> bool:
    return _state.get() is not None


def object_read(row: str, aspects: Container[str]) -> None:
    """Record an object by its tag, in the aspect that is asked for if it is one of its `aspects`, else as a whole."""
    state = _state.get()
    if state is not None and state.aspect is not None:
        state.recording.tags.add(f"{row}/{state.aspect}" if state.aspect in aspects else row)


def tables_read(tables, searched, untold) -> None:
    """Record a statement that named `tables` and looked for rows of `searched`; of changes in `untold` nobody tells."""
    if state := _state.get():
        recorded = state.recording
        recorded.tags.update(f"~{table}" for table in tables)
        if not state.is_narrowed:
            recorded.tags.update(searched)
        if untold:
            recorded.untold.update(untold)
