"""Published together: both languages of a page become public in one transaction, or neither does.

An approved version waits until the other language is approved too. It goes alone

- where a promise says by when the other language follows;
- where one of the two is public already, unless something of the other one is in review: then both are renewed together.

A version that is approved for a set time counts as approved. Of two set times the later one holds for both.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from wagtail.log_actions import log
from wagtail.models import Page, Revision, WorkflowState

from core.obstacles import obstacles
from editorial.models import HeldRelease, Promise

HELD = "editorial.held"  # the action in Wagtail's log


@transaction.atomic
def hold(page, revision: Revision, user) -> bool:
    """Rule of core.releasing: keep `revision` until it may go, and let go what may; return False for pages without pairs."""
    if not getattr(page, "is_published_in_pairs", False):
        return False
    locked_pair(page.translation_key)
    held = {"revision": revision, "approved_by": user, "held_at": timezone.now()}
    HeldRelease.objects.update_or_create(page_id=page.pk, defaults=held)
    let_go(page.translation_key, user)
    if HeldRelease.objects.filter(page=page.pk).exists():
        log(page, HELD, user=user, revision=revision)
    return True


@transaction.atomic
def let_go(translation_key, user=None) -> None:
    """Publish what waits of a pair as far as the rule lets it go; `user` is whose deed set it free."""
    pages = locked_pair(translation_key)
    held = {entry.page_id: entry for entry in HeldRelease.objects.standing().filter(page__in=pages)}
    if not held:
        return
    approved = {page: revision for page in pages if (revision := _approved(page, held))}
    if len(held) == 1:
        (waiting,) = (page for page in pages if page.pk in held)
        counterpart = next((page for page in pages if page != waiting), None)
        if is_promised(waiting) or (counterpart not in approved and is_renewed_alone(waiting, counterpart)):
            approved = {waiting: approved[waiting]}
        elif counterpart not in approved:
            return
    if any(obstacles(revision.as_object()) for revision in approved.values()):
        return  # something has arisen since: see editorial.late_findings
    HeldRelease.objects.filter(page__in=approved).delete()
    _publish(list(approved.values()), user)


def locked_pair(translation_key) -> list[Page]:
    """Return a page and its counterpart as they are, each locked until the transaction ends."""
    pages = Page.objects.filter(translation_key=translation_key, alias_of=None).order_by("pk")
    return list(pages.select_for_update(no_key=True, of=("self",)))


def is_promised(page: Page) -> bool:
    """Return whether the counterpart of `page` follows by a stated day."""
    return Promise.objects.filter(page=page.pk).exists()


def is_renewed_alone(page: Page, counterpart: Page | None) -> bool:
    """Return whether `page` may become public, or be renewed, while nothing of `counterpart` is approved."""
    is_public = page.live or (counterpart is not None and counterpart.live)
    return is_public and not is_in_review(counterpart)


def is_in_review(page: Page | None) -> bool:
    """Return whether a text of `page` is in review, or was sent back from it."""
    return page is not None and WorkflowState.objects.active().for_instance(page).exists()


def _approved(page: Page, held: dict[int, HeldRelease]) -> Revision | None:
    """Return the version of `page` that waits, for the other language or for its time."""
    return held[page.pk].revision if page.pk in held else page.scheduled_revision


def _publish(revisions: list[Revision], user) -> None:
    """Publish `revisions` now or, where one of them has a time to come, all of them at the latest of these times."""
    moment = max(filter(None, map(_time_to_come, revisions)), default=None)
    for revision in revisions:
        if moment and revision.approved_go_live_at == moment:
            continue
        if moment and _time_to_come(revision) != moment:
            revision.content["go_live_at"] = moment.isoformat()
            revision.save(update_fields=["content"])
        revision.publish(user=user, skip_permission_checks=True)


def _time_to_come(revision: Revision):
    moment = parse_datetime(revision.content.get("go_live_at") or "")
    return moment if moment and moment > timezone.now() else None


def waiting_of(page: Page) -> HeldRelease | None:
    """Return what of `page` is approved and waits for the other language, None for nothing."""
    return HeldRelease.objects.standing().select_related("approved_by").filter(page=page.pk).first()
