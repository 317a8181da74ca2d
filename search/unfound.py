"""What readers sought in vain: counted by month, without anything about who asked, and kept for a stated time."""

import datetime
import logging
import re

from django.conf import settings
from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils import timezone

from core import retention
from core.folding import fold
from core.patience import impatient
from search.models.records import UnfoundQuery

logger = logging.getLogger(__name__)

MAX_LENGTH = UnfoundQuery._meta.get_field("text").max_length
MAX_ROWS_A_MONTH = 5_000  # a flood of nonsense must not fill the database
_NUMERALS = re.compile(r"[\d零〇一二三四五六七八九]")
_LONG_NUMBER = 7  # digits: telephone and identity numbers
_PERSONAL = re.compile(
    r"@|\bat [\w-]+\.|gmail|e-?mail|phone|wechat|\bqq|\bwx|微信|电话|手机|邮箱|身份证|护照|住址|[\u4e00-\u9fff][a-z]\d{5}"
)


def remember(query: str, language) -> None:
    """Count a query that found nothing. What may be personal (an e-mail address, a long number) is not kept; while the
    database is busy, nothing is."""
    # A spreadsheet takes what begins with these signs for a formula.
    text = " ".join(fold(query).split()).lstrip("=+-@ ")
    if not text or len(text) > MAX_LENGTH or _PERSONAL.search(text) or len(_NUMERALS.findall(text)) >= _LONG_NUMBER:
        return
    try:
        with impatient():
            _count({"text": text, "language": language.code, "month": timezone.localdate().replace(day=1)})
    except DatabaseError as error:  # the reader gets the page all the same
        logger.warning("A query without result was not counted: %s", error)


def _count(place: dict) -> None:
    if UnfoundQuery.objects.filter(**place).update(count=F("count") + 1):
        return
    forget_old()
    if UnfoundQuery.objects.filter(month=place["month"]).count() < MAX_ROWS_A_MONTH:
        with transaction.atomic():
            UnfoundQuery.objects.create(**place)


def forget_old() -> int:
    """Delete the months that began more than SEARCH_QUERIES_KEPT_DAYS ago and return how many rows there were."""
    oldest = timezone.localdate() - datetime.timedelta(days=settings.SEARCH_QUERIES_KEPT_DAYS)
    return UnfoundQuery.objects.filter(month__lt=oldest).delete()[0]


def register() -> None:
    retention.register(retention.Rule("search", "queries without result forgotten", forget_old))
