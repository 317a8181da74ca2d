"""Enquiries go, with their answers and notes, when their time is over."""

import datetime

from django.conf import settings
from django.utils import timezone

from core import retention
from enquiries.models import Enquiry


def register() -> None:
    retention.register(retention.Rule("enquiries", "enquiries deleted", delete_old))


def delete_old() -> int:
    """Delete the enquiries kept for ENQUIRY_RETENTION_DAYS and return how many there were."""
    oldest = timezone.now() - datetime.timedelta(days=settings.ENQUIRY_RETENTION_DAYS)
    old = Enquiry.objects.kept_since_before(oldest)
    count = old.count()
    old.delete()
    return count
