"""Mail to those who write a language that was promised: some days before the day, and once when it has passed."""

import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page
from wagtail.permissions import policy_registry

from core.addresses import admin_url
from editorial.mail import mail
from editorial.models import Promise

DAYS_BEFORE = 3


def remind() -> tuple[int, list[str]]:
    """Send the reminders that are due, each once, and return how many promises they were about, and the titles of those of
    which nobody could be told: these are tried again the next time."""
    today, told, untold = timezone.localdate(), 0, []
    overdue = Q(due__lt=today, was_told_overdue=False)
    near = Q(due__lte=today + datetime.timedelta(days=DAYS_BEFORE), was_reminded=False)
    for promise in Promise.objects.select_related("page__locale").filter(overdue | near).order_by("due", "pk"):
        if not sum(_tell(person, promise) for person in writers_of(promise)):
            untold.append(promise.page.title)
            continue
        Promise.objects.filter(pk=promise.pk).update(was_reminded=True, was_told_overdue=promise.is_overdue)
        told += 1
    return told, untold


def writers_of(promise: Promise) -> list:
    """Return who may write the promised text: at the page, where there is one, or where it will stand."""
    language = Q(locale__language_code=promise.language.code)
    place = promise.page.get_translations().filter(language).first()
    place = place or promise.page.get_parent().get_translations().filter(language).first()
    if place is None:
        return []
    people = policy_registry.get_by_type(Page).users_with_permission_for_instance("add", place, include_superusers=False)
    return list(people.exclude(email="").order_by("pk"))


def _tell(person, promise: Promise) -> bool:
    """Mail `person` about `promise`; return whether the mail was taken."""
    address = admin_url(reverse("language_pair_of_page", args=(promise.page_id,)))
    return mail(person, "promise", {"promise": promise, "language": promise.language, "address": address})
