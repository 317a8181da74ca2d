"""Accounts that nobody uses are closed, as classified protection asks."""

import datetime

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from core import retention


def close_unused() -> int:
    """Make accounts inactive that were not signed in to for ACCOUNTS_UNUSED_DAYS and return how many.

    An account that was never used counts from the day it was made. The last active superuser stays open.
    """
    oldest = timezone.now() - datetime.timedelta(days=settings.ACCOUNTS_UNUSED_DAYS)
    unused = User.objects.filter(Q(last_login__lt=oldest) | Q(last_login=None, date_joined__lt=oldest), is_active=True)
    count = 0
    for user in unused.order_by("last_login", "pk"):
        if user.is_superuser and User.objects.filter(is_active=True, is_superuser=True).count() == 1:
            continue
        user.is_active = False
        user.save(update_fields=["is_active"])  # one by one: the audit log hears of each
        count += 1
    return count


def register() -> None:
    retention.register(retention.Rule("accounts", "unused accounts closed", close_unused))
