"""What has changed, told in the order in which this process learns of it.

A change is announced by its tags (core.dependencies) within the transaction that makes it, as a row of core.models.Change.
After the commit the bell rings, and every process of the machine looks at the rows that are new before it uses anything it
keeps (`look`). Other machines are called over the line of the shared cache, where there is one; while it is cut, each request
asks the database. Without bell and line, as after a process was killed between commit and bell, a process learns of a change
within LOOK_SECONDS, at its next request.
"""

import time
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from threading import RLock

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max, Q
from django.utils import timezone

from core.bell import Bell
from core.dependencies import EVERYTHING
from core.line import Line
from core.models.change import Change

LOOK_SECONDS = 1.0
KEPT_DAYS = 14  # rows; who has not looked for so long begins anew
REMEMBERED = 5_000  # changes; what was begun before them counts as touched
OVERTAKEN_SECONDS = 3_600  # that a transaction may stay open whose numbers come before the last one
OVERTAKEN = 500  # numbers given out at about the same moment; as many are looked for by their numbers
MOST_NUMBERS = 1_000_000  # between two looks; who finds more begins anew

lock = RLock()
bell = Bell(settings.CHANGES_BELL)
line = Line(bell) if settings.CHANGES_LINE else None
_listeners: list[Callable[[frozenset[str]], None]] = []


@dataclass(frozen=True)
class Position:
    """How far a follower has read: up to row `last`, except for the rows `missing`, each with the moment it was missed first.

    PostgreSQL shows rows in the order of their commits, not of their numbers: one that is missing may still come.
    """

    last: int = 0
    missing: tuple[tuple[int, float], ...] = ()


def now() -> Position:
    """Return the position of a follower who starts with what the database holds now."""
    settled = Q(moment__lt=timezone.now() - timedelta(seconds=OVERTAKEN_SECONDS))
    found = Change.objects.aggregate(last=Max("pk"), settled=Max("pk", filter=settled))
    last = found["last"] or 0
    start = max(0, (found["settled"] or 0) - OVERTAKEN, last - MOST_NUMBERS)
    present = set(Change.objects.filter(pk__gt=start).values_list("pk", flat=True))
    moment = time.time()
    return Position(last, tuple((pk, moment) for pk in range(start + 1, last) if pk not in present))


def forget_old() -> int:
    """Delete the rows of more than KEPT_DAYS ago, except the last one, and return how many there were."""
    last = Change.objects.aggregate(last=Max("pk"))["last"]
    oldest = timezone.now() - timedelta(days=KEPT_DAYS)
    return Change.objects.filter(moment__lt=oldest).exclude(pk=last).delete()[0]


class PositionLostError(LookupError):
    """The rows after a position are not all there any more: whoever followed from there must begin anew."""


def since(position: Position) -> tuple[list[Change], Position]:
    """Return the rows that came after `position`, and the position behind them; raise PositionLostError when old rows have been
    removed up to there, the numbers have gone too far since, or the database is another one."""
    missing = dict(position.missing)
    found = list(Change.objects.filter(Q(pk__gte=position.last) | _among(missing)).order_by("pk"))
    if position.last and not any(row.pk == position.last for row in found):
        raise PositionLostError(f"The change {position.last} is not in the database any more")
    rows = [row for row in found if row.pk > position.last or row.pk in missing]
    if not rows:
        return rows, position
    moment, last = time.time(), max(position.last, rows[-1].pk)
    if last - position.last > MOST_NUMBERS:
        raise PositionLostError(f"The change {last} is too far from {position.last}")
    present = {row.pk for row in rows}
    absent = missing | dict.fromkeys(range(position.last + 1, last), moment)
    still = ((pk, first) for pk, first in absent.items() if pk not in present and moment - first < OVERTAKEN_SECONDS)
    return rows, Position(last, tuple(still))


def _among(missing: dict[int, float]) -> Q:
    """Return what finds the rows `missing`: where they are more than a query takes, with others between them."""
    return Q(pk__in=missing) if len(missing) <= OVERTAKEN else Q(pk__gte=min(missing))


class _Announced:
    """Rings the bell once the transaction is committed; Django drops it when that is rolled back."""

    def __init__(self, tags: frozenset[str]):
        self.tags = tags

    def __call__(self) -> None:
        bell.ring()
        if line is not None:
            line.call()


def announce(tags: Iterable[str]) -> None:
    """Tell that what `tags` name has changed; to be called within the transaction of the change."""
    told = frozenset(tags)
    if told and not _known.is_migrating:
        Change.objects.create(tags=sorted(told))
        with lock:
            _tell(told)
        transaction.on_commit(_Announced(told))


def listen(listener: Callable[[frozenset[str]], None]) -> None:
    """Call `listener` with the tags of each change, under `lock`: when this process announces it, and when it learns of it."""
    _listeners.append(listener)


def unsettled() -> set[str]:
    """Return the tags that this thread has announced in a transaction that is still open."""
    hooks = connection.run_on_commit
    return {tag for hook in hooks if isinstance(hook[1], _Announced) for tag in hook[1].tags} if hooks else set()


def latest() -> int:
    """Return the number of the last change that this process knows, counted from its start; no query."""
    return _known.number


def position() -> Position:
    """Return the position up to which this process knows the changes."""
    return _known.position or now()


def touched_since(number: int, tags: set[str]) -> bool:
    """Return whether a change after `number` (of `latest`) touched one of `tags`."""
    with lock:
        if number < _known.number - len(_known.told):
            return True
        return any(not tags.isdisjoint(told) for place, told in reversed(_known.told) if place > number)


def look() -> None:
    """Learn of the changes that are new if the bell has rung, or if the last look was LOOK_SECONDS ago; raise DatabaseError
    when the database does not answer. To be called outside of transactions: a row of one's own that is rolled back later would
    count as read, and SQLite gives its number to another one."""
    tone, moment = bell.tone, time.monotonic()
    if line is not None:
        line.listen()
        tone = None if line.is_cut else tone
    if tone is None or tone != _known.tone or moment - _known.looked > LOOK_SECONDS:
        learn(tone, moment)


def learn(tone: int | None = None, moment: float = 0.0) -> None:
    """Read the rows that are new, at the `tone` of the bell and the `moment` of the clock."""
    with lock:
        try:
            _known.learn(tone)
        finally:
            _known.looked = moment


def begin_anew() -> None:
    """Forget how far this process has read, as is right when the database has become another one."""
    with lock:
        _known.position = None
        _tell(frozenset({EVERYTHING}))


def has_heard_all() -> bool:
    """Return whether nobody has told of a change that this process has not learnt of."""
    is_heard = line is None or not line.is_cut
    return is_heard and bell.tone is not None and bell.tone == _known.tone


def _tell(tags: frozenset[str]) -> None:
    for listener in _listeners:
        listener(tags)


class _Knowledge:
    """The changes that this process knows."""

    def __init__(self):
        self.number, self.tone, self.looked = 0, None, float("-inf")
        self.is_migrating = False
        self.position: Position | None = None
        self.told: deque[tuple[int, frozenset[str]]] = deque(maxlen=REMEMBERED)

    def learn(self, tone: int | None) -> None:
        """Note the rows that are new, and tell of them."""
        try:
            rows, self.position = since(self.position or now())
        except PositionLostError:
            learnt, self.position = [frozenset({EVERYTHING})], now()
        else:
            learnt = [frozenset(row.tags) for row in rows]
        for tags in learnt:
            self.number += 1
            self.told.append((self.number, tags))
            _tell(tags)
        self.tone = tone


_known = _Knowledge()


def begin_migrating(**kwargs) -> None:
    """Announce nothing from here on: the table may not be there yet."""
    _known.is_migrating = True


def end_migrating(**kwargs) -> None:
    """Announce that a migration may have changed everything."""
    _known.is_migrating = False
    announce([EVERYTHING])
