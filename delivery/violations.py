"""Counting what browsers report about the content security policy; anyone can send a report, so each is distrusted."""

import datetime
import json
import logging
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils import timezone

from core.patience import impatient
from delivery.models import PolicyViolation

logger = logging.getLogger(__name__)

MAX_ROWS = 2_000  # a flood of invented reports must not fill the database
MAX_REPORTS_A_MINUTE = 120
MAX_REPORTS_A_REQUEST = 20
_DIRECTIVE = re.compile(r"[a-z-]{3,40}")
_KEYWORD = re.compile(r"[a-z-]{1,30}")
_HOST = re.compile(r"[A-Za-z0-9.:\[\]_-]{1,120}")
_NO_ADDRESS_CHARACTER = re.compile(r"[^\x21-\x7e]")


def remember(body: bytes, host: str) -> int:
    """Count the reports in `body` about pages of `host` and return how many were counted.

    Read are the JSON of the Reporting API and that of `report-uri` (CSP level 2). What is malformed, about another host,
    too much for this minute, or comes while the database is busy, is left out.
    """
    counted = 0
    for directive, blocked, page in _readable(body, host):
        if not _in_time():
            break
        try:
            with impatient():
                _count(directive, blocked, page)
            counted += 1
        except DatabaseError as error:
            logger.warning("A report on the content security policy was not counted: %s", error)
            break
    return counted


def _readable(body: bytes, host: str) -> Iterator[tuple[str, str, str]]:
    try:
        sent = json.loads(body)
    except (ValueError, RecursionError):
        return
    for report in (sent if isinstance(sent, list) else [sent])[:MAX_REPORTS_A_REQUEST]:
        if not isinstance(report, dict):
            continue
        text = report.get("body") if report.get("type") == "csp-violation" else report.get("csp-report")
        if not isinstance(text, dict):
            continue
        directive = _first(text, "effectiveDirective", "effective-directive", "violated-directive").partition(" ")[0]
        blocked = _host_or_keyword(_first(text, "blockedURL", "blocked-uri"))
        page = _path(_first(text, "documentURL", "document-uri"), host)
        if _DIRECTIVE.fullmatch(directive) and blocked and page:
            yield directive, blocked, page


def _first(text: dict, *names: str) -> str:
    return next((text[name] for name in names if isinstance(text.get(name), str)), "")


def _host_or_keyword(address: str) -> str:
    """Return the host of `address`, its scheme when it has no host ("data"), or the keyword it is ("inline")."""
    if _KEYWORD.fullmatch(address):
        return address
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    part = parts.netloc.rpartition("@")[2] or parts.scheme
    return part if _HOST.fullmatch(part) else ""


def _path(address: str, host: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    if parts.netloc != host:
        return ""
    return _NO_ADDRESS_CHARACTER.sub("?", parts.path)[: PolicyViolation._meta.get_field("page").max_length] or "/"


def _in_time() -> bool:
    """Return whether this minute has room for another report; without the cache it has none."""
    key = f"csp-reports:{timezone.now():%Y%m%d%H%M}"
    cache.add(key, 0, timeout=120)
    try:
        number = cache.incr(key)
    except ValueError:  # the key is gone: the cache is down or was emptied in between
        return False
    return number is not None and number <= MAX_REPORTS_A_MINUTE


def _count(directive: str, blocked: str, page: str) -> None:
    place, moment = {"directive": directive, "blocked": blocked, "page": page}, timezone.now()
    if PolicyViolation.objects.filter(**place).update(count=F("count") + 1, last_seen=moment):
        return
    forget_old()
    if PolicyViolation.objects.count() < MAX_ROWS:
        with transaction.atomic():
            PolicyViolation.objects.create(**place, last_seen=moment)


def forget_old() -> int:
    """Delete what was last seen more than CSP_REPORTS_KEPT_DAYS ago and return how many rows there were."""
    oldest = timezone.now() - datetime.timedelta(days=settings.CSP_REPORTS_KEPT_DAYS)
    return PolicyViolation.objects.filter(last_seen__lt=oldest).delete()[0]
