"""What keeps a text from being published and arises only after its approval, while it waits for its date or its other
language: a page that it links to was taken down since, or a word listed that it holds.

Such a text is held back, as grave findings hold back every other one: what may not go public is not for a timer to let
through, and a text that is late can be mended better than one that was read. But nobody finds that out from silence at the
set time. From the moment it arises, mostly long before, whoever sent in or approved the text is told by mail, and it stands on
the desk. Once nothing is found any more, it goes public by itself: at its time, or when `publish_scheduled` runs next.
"""

import logging
from collections.abc import Iterator
from functools import partial

from django.contrib.auth import get_user_model
from django.db.models import Q
from django.utils import translation
from wagtail.models import Revision, TaskState

from core.addresses import admin_url
from core.languages import CHINESE
from core.obstacles import obstacles
from editorial.checks.views import address_of_checks
from editorial.mail import mail
from editorial.models import HeldRelease, LateFinding

logger = logging.getLogger(__name__)


def look_again() -> Iterator[str]:
    """Look again at every approved text that waits, and tell people by mail what is new; yield what failed, which is tried
    again the next time."""
    LateFinding.objects.exclude(revision__in=waiting()).delete()
    for revision in waiting().order_by("approved_go_live_at", "pk"):
        try:
            if not _is_settled(revision):
                yield f"{revision.object_str}: held back, and nobody could be told by mail"
        except Exception as error:
            logger.exception("“%s” could not be checked again", revision.object_str)
            yield f"{revision.object_str}: could not be checked again: {error}"


def waiting():
    """Return the versions that are approved and wait, for their date or their other language."""
    held = HeldRelease.objects.standing().values("revision")
    return Revision.objects.filter(Q(approved_go_live_at__isnull=False) | Q(pk__in=held))


def is_held_back(item) -> bool:
    """Return whether an approved version of `item`, a page or a record, waits and is held back."""
    return LateFinding.objects.filter(revision__in=item.revisions.filter(pk__in=waiting().values("pk"))).exists()


def what_holds_back(revision: Revision) -> list[str]:
    """Return what keeps `revision` from being published, as sentences in Chinese: they are compared from one run to another."""
    with translation.override(CHINESE.code):
        return obstacles(revision.as_object())


def _is_settled(revision: Revision) -> bool:
    """Return whether nothing holds `revision` back or people know it; tell them unless they do."""
    found = what_holds_back(revision)
    if not found:
        LateFinding.objects.filter(revision=revision).delete()
        return True
    finding, _is_new = LateFinding.objects.get_or_create(revision=revision)
    if set(found) <= set(finding.told):
        return True
    if not sum(_tell(person, revision) for person in people_of(revision)):
        return False
    LateFinding.objects.filter(pk=finding.pk).update(told=found)  # after the mail: rather told twice than never
    return True


def people_of(revision: Revision) -> list:
    """Return who answers for `revision`: who saved it, sent it in, or approved it."""
    approvals = TaskState.objects.filter(revision=revision, status=TaskState.STATUS_APPROVED)
    answering = Q(pk=revision.user_id)
    for column in ("finished_by", "workflow_state__requested_by"):
        answering |= Q(pk__in=approvals.values(column))
    return list(get_user_model().objects.filter(answering, is_active=True).exclude(email="").order_by("pk"))


def _tell(person, revision: Revision) -> bool:
    text = revision.as_object()
    context = {
        "title": revision.object_str,
        "moment": revision.approved_go_live_at,
        "found": partial(obstacles, text),  # asked by the template, in the person's language
        "address": admin_url(address_of_checks(text)),
    }
    return mail(person, "late_finding", context)
