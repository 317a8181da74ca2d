"""Caches before the portal (a CDN, Varnish): they are told of exactly the addresses that a change touches.

They keep what the portal gave out, also after its process has ended: so the addresses stand in the database by the tags that
touch them. That costs a row for each tag of each address, and only where Wagtail's WAGTAILFRONTENDCACHE names such a cache.
"""

import logging
from collections.abc import Iterable, Iterator
from threading import Thread

from django.conf import settings
from django.db import Error, transaction
from wagtail.contrib.frontend_cache.utils import purge_urls_from_cache

from core import changes
from core.addresses import public_host
from delivery.models import FrontEndCopy

logger = logging.getLogger(__name__)

#: For the cache before the portal: kept until it is told otherwise. Browsers ask each time.
KEPT_UNTIL_PURGED = "public, max-age=0, s-maxage=31536000, must-revalidate"
LONGEST_ADDRESS = FrontEndCopy._meta.get_field("address").max_length
IN_ONE_QUERY = 500


def is_configured() -> bool:
    return bool(getattr(settings, "WAGTAILFRONTENDCACHE", None))


def connect() -> None:
    """Purge what a change touches as soon as this process learns of it."""
    changes.follow(purge_touched)


def is_asked_for(address: str, environ: dict) -> bool:
    """Return whether a request is for `address` ("/zh/news/?page=2") on the public host, written exactly so: caches before the
    portal know it by its spelling, and only this one is purged."""
    return is_configured() and environ.get("RAW_URI") == address and environ.get("HTTP_HOST") == public_host()


def remember(address: str, tags: Iterable[str]) -> bool:
    """Note that a cache before the portal may hold `address` ("/zh/news/?page=2"), made of `tags`; return whether it may."""
    if len(address) > LONGEST_ADDRESS:
        return False
    try:
        FrontEndCopy.objects.bulk_create([FrontEndCopy(address=address, tag=tag) for tag in tags], ignore_conflicts=True)
    except Error as error:
        logger.warning("%s may not be kept before the portal, for it cannot be noted: %s", address, error)
        return False
    return True


def purge_touched(tags: frozenset[str]) -> None:
    """Purge the addresses that `tags` touch, in a thread: no reader waits for another host."""
    if not is_configured():
        return
    try:
        addresses = _taken_out(tags)
    except Error as error:
        logger.error("What %s touch is not purged before the portal: %s", ", ".join(sorted(tags)), error)
        return
    if addresses:
        urls = [settings.BASE_URL + address for address in addresses]
        Thread(target=purge_urls_from_cache, args=(urls,), name="front-end purge").start()


@transaction.atomic
def _taken_out(tags: Iterable[str]) -> list[str]:
    """Take the addresses that `tags` touch out of the list and return them."""
    found: set[str] = set()
    for some in _parts(sorted(tags)):
        found.update(FrontEndCopy.objects.filter(tag__in=some).values_list("address", flat=True))
    for some in _parts(sorted(found)):
        FrontEndCopy.objects.filter(address__in=some).delete()
    return sorted(found)


def _parts(values: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(values), IN_ONE_QUERY):
        yield values[start : start + IN_ONE_QUERY]
