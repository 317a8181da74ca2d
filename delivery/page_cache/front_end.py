"""Caches before the portal (a CDN, Varnish): they are told of exactly the addresses that a change touches.

They keep what the portal gave out, also after its process has ended: so the addresses stand in the database by the tags that
touch them. That costs a row for each tag of each address, and only where Wagtail's WAGTAILFRONTENDCACHE names such a cache.

What a change touches is moved to the list of purges, in one transaction with how far the changes were followed; it leaves that
list when the cache has taken the purge. So neither a cache that refuses nor the death of a process loses one.
"""

import logging
import time
from collections.abc import Iterator
from datetime import timedelta
from threading import Lock, Thread, get_ident

from django.conf import settings
from django.db import Error, connection, transaction
from django.utils import timezone
from wagtail.contrib.frontend_cache.tasks import purge_urls_from_cache_task

from core import changes
from core.addresses import public_host
from core.changes import Position, PositionLostError
from core.dependencies import EVERYTHING
from delivery.models import FrontEndCopy, FrontEndPosition, FrontEndPurge

logger = logging.getLogger(__name__)

#: For the cache before the portal: kept until it is told otherwise. Browsers ask each time.
KEPT_UNTIL_PURGED = "public, max-age=0, s-maxage=31536000, must-revalidate"
LONGEST_ADDRESS = FrontEndCopy._meta.get_field("address").max_length
IN_ONE_QUERY = 500
IN_ONE_PURGE = 30
RETRY_SECONDS = 60

_working = Lock()
#: The last change that was followed up by this process, and when it last looked for purges that are due.
_seen = (-1, float("-inf"))


def is_configured() -> bool:
    return bool(getattr(settings, "WAGTAILFRONTENDCACHE", None))


def is_asked_for(address: str, environ: dict) -> bool:
    """Return whether a request is for `address` ("/zh/news/?page=2") on the public host, written exactly so: caches before the
    portal know it by its spelling, and only this one is purged."""
    return is_configured() and environ.get("RAW_URI") == address and environ.get("HTTP_HOST") == public_host()


def remember(address: str, tags: frozenset[str], began: Position) -> bool:
    """Note that a cache before the portal may hold `address` ("/zh/news/?page=2"), made of `tags` when the changes were known
    up to `began`; return whether it may. A change that is not seen here yet is followed up later, and finds the note."""
    if len(address) > LONGEST_ADDRESS:
        return False
    try:
        FrontEndCopy.objects.bulk_create([FrontEndCopy(address=address, tag=tag) for tag in tags], ignore_conflicts=True)
        return all(tags.isdisjoint(change.tags) for change in changes.since(began)[0])
    except (Error, PositionLostError) as error:
        logger.warning("%s may not be kept before the portal, for it cannot be noted: %s", address, error)
        return False


def keep_up() -> None:
    """Begin to purge what has changed, and what could not be purged before, in a thread: no reader waits for another host.

    To be called before each answer. It asks the database after a change, and every RETRY_SECONDS."""
    global _seen
    known, moment = changes.latest(), time.monotonic()
    if known == _seen[0] and moment - _seen[1] < RETRY_SECONDS:
        return
    if not is_configured():
        _seen = known, moment
    elif _working.acquire(blocking=False):
        _seen = known, moment
        _start()


def _start() -> None:
    Thread(target=_work_and_disconnect, name="front-end purge").start()


def _work_and_disconnect() -> None:
    try:
        _work()
    finally:
        connection.close()


def _work() -> None:
    try:
        _follow_up()
        while waiting := _due():
            _purge(waiting)
    except Error as error:
        logger.error("What has changed is purged before the portal later, for the database does not answer: %s", error)
    finally:
        _working.release()


@transaction.atomic
def _follow_up() -> None:
    """Put on the list of purges the addresses that the changes touch which nobody has followed up yet."""
    row, is_new = FrontEndPosition.objects.select_for_update().get_or_create(pk=1)
    begun = Position(row.last, tuple(map(tuple, row.missing)))
    try:
        if is_new:
            raise PositionLostError
        changed, reached = changes.since(begun)
        tags = {tag for change in changed for tag in change.tags}
    except PositionLostError:
        tags, reached = {EVERYTHING}, changes.now()
    if reached != begun:
        _move(tags)
        row.last, row.missing = reached.last, reached.missing
        row.save()


def _move(tags: set[str]) -> None:
    """Take the addresses that `tags` touch off the list of copies and put them on that of purges."""
    found: set[str] = set()
    for some in _parts(sorted(tags), IN_ONE_QUERY):
        found.update(FrontEndCopy.objects.filter(tag__in=some).values_list("address", flat=True))
    for some in _parts(sorted(found), IN_ONE_QUERY):
        FrontEndCopy.objects.filter(address__in=some).delete()
    FrontEndPurge.objects.bulk_create(FrontEndPurge(address=address, due=timezone.now()) for address in sorted(found))


def _due() -> list[FrontEndPurge]:
    """Return some of the purges that are due, and let them be due again later: they may fail."""
    waiting = list(FrontEndPurge.objects.filter(due__lte=timezone.now()).order_by("due")[:IN_ONE_PURGE])
    FrontEndPurge.objects.filter(pk__in=[purge.pk for purge in waiting]).update(
        due=timezone.now() + timedelta(seconds=RETRY_SECONDS)
    )
    return waiting


def _purge(waiting: list[FrontEndPurge]) -> None:
    urls = sorted({settings.BASE_URL + purge.address for purge in waiting})
    try:
        with _Refusals():
            purge_urls_from_cache_task.call(urls)
    except Exception as error:
        logger.error("%d addresses are not purged before the portal; it is tried again: %s", len(urls), error)
    else:
        FrontEndPurge.objects.filter(pk__in=[purge.pk for purge in waiting]).delete()


class RefusedError(Exception):
    """A cache before the portal has not taken a purge."""


class _Refusals(logging.Handler):
    """Raises RefusedError at the end of a purge that failed: Wagtail's backends tell of that in the log alone."""

    def __enter__(self):
        self.thread, self.refusal = get_ident(), ""
        logging.getLogger().addHandler(self)

    def __exit__(self, *error):
        logging.getLogger().removeHandler(self)
        if self.refusal:
            raise RefusedError(self.refusal)

    def emit(self, record):
        if record.levelno >= logging.ERROR and record.thread == self.thread:
            self.refusal = record.getMessage()


def _parts(values: list[str], size: int) -> Iterator[list[str]]:
    for start in range(0, len(values), size):
        yield values[start : start + size]
