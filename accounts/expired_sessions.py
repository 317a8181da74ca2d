"""Sessions whose time is over are removed from the database."""

from django.contrib.sessions.models import Session
from django.utils import timezone

from core import retention


def remove_expired() -> int:
    return Session.objects.filter(expire_date__lt=timezone.now()).delete()[0]


def register() -> None:
    retention.register(retention.Rule("sessions", "expired sessions removed", remove_expired))
