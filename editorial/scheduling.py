"""What is due: texts approved for a time that has come are published, and what has expired is taken down. What was approved
and held back goes, too, once nothing holds it back any more.

Each item, or both languages of a pair, in a transaction of its own and under a lock: several servers may do it at once, and
one that fails or dies leaves nothing half done.
"""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import transaction
from django.utils import timezone
from wagtail.models import DraftStateMixin, Page, Revision

from editorial.late_findings import what_holds_back
from editorial.models import HeldRelease
from editorial.releasing import is_promised, is_renewed_alone, let_go, locked_pair

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Outcome:
    """What became of `item`: "published", "taken down", "released" to its time or its readers, "waits for its other
    language", "held back: …" or "failed: …"."""

    item: str
    text: str
    has_failed: bool = False


def do_what_is_due() -> Iterator[Outcome]:
    """Yield what became of each item that was due, the expired ones first."""
    for item in _distinct(_expired()):
        yield from _whole(item, _take_down)
    revisions = Revision.objects.filter(approved_go_live_at__lte=timezone.now()).order_by("approved_go_live_at", "pk")
    for item in _distinct(revision.content_object for revision in list(revisions.defer("content"))):
        yield from _whole(item, _publish)
    for page in _distinct(Page.objects.filter(pk__in=HeldRelease.objects.standing().values("page")).order_by("pk")):
        yield from _whole(page, _let_go)


def _expired() -> Iterator:
    models = (model for model in apps.get_models() if issubclass(model, DraftStateMixin))
    for model in models:
        if model is Page or not issubclass(model, Page):
            yield from model._base_manager.filter(live=True, expire_at__lte=timezone.now()).order_by("expire_at", "pk")


def _distinct(items) -> list:
    """Return of `items` each record once, and of the pages of a pair the first."""
    found = {}
    for item in filter(None, items):
        found.setdefault(getattr(item, "translation_key", (type(item), item.pk)), item)
    return list(found.values())


def _whole(item, deed: Callable) -> list[Outcome]:
    try:
        with transaction.atomic():
            return deed(_locked(item))
    except Exception as error:
        logger.exception("What is due of “%s” could not be done", item)
        return [Outcome(str(item), f"failed: {error}", has_failed=True)]


def _locked(item) -> list:
    """Return a page and its counterpart, or a record, as they are, each locked until the transaction ends."""
    if isinstance(item, Page):
        return locked_pair(item.translation_key)
    return list(type(item)._base_manager.select_for_update(no_key=True).filter(pk=item.pk))


def _take_down(items) -> list[Outcome]:
    expired = [item for item in items if item.live and item.expire_at and item.expire_at <= timezone.now()]
    for item in expired:
        item = item.specific if isinstance(item, Page) else item
        item.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
    return [Outcome(str(item), "taken down") for item in expired]


def _publish(items) -> list[Outcome]:
    due = {item: revision for item in items if (revision := _due(item))}
    if len(due) == 1 and not _goes_alone(*due, items):
        return [Outcome(str(item), "waits for its other language") for item in due]
    if faults := [fault for revision in due.values() for fault in what_holds_back(revision)]:
        return [Outcome(str(item), f"held back: {'; '.join(faults)}") for item in due]
    for revision in due.values():
        revision.publish(log_action="wagtail.publish.scheduled")
    return [Outcome(str(item), "published") for item in due]


def _let_go(pages) -> list[Outcome]:
    held = HeldRelease.objects.filter(page__in=pages)
    before = set(held.values_list("page", flat=True))
    let_go(pages[0].translation_key)
    released = before - set(held.values_list("page", flat=True))
    return [Outcome(str(page), "released") for page in pages if page.pk in released]


def _due(item) -> Revision | None:
    return item.revisions.filter(approved_go_live_at__lte=timezone.now()).order_by("-approved_go_live_at").first()


def _goes_alone(item, items) -> bool:
    if not getattr(getattr(item, "specific_class", None), "is_published_in_pairs", False):
        return True
    counterpart = next((other for other in items if other != item), None)
    return is_promised(item) or is_renewed_alone(item, counterpart)
