"""A worker that dies, as if its power failed, between the publications of the two languages of a pair.

`python -m tests.dying_worker approve` gives the last approval through the admin, `schedule` has a pair published whose time
has come; with `--die` it is killed after the first of the two publications. Both print what is public then, as JSON; `state`
does nothing else.
"""

import json
import os
import signal
import sys
from datetime import timedelta

import django


def main() -> None:
    deed, dies = sys.argv[1], "--die" in sys.argv
    pages = PREPARE[deed]()
    if dies:
        page_published.connect(die)
    DO[deed](pages)
    entries = PageLogEntry.objects.filter(page__in=pages, action__startswith="wagtail.publish").exclude(action=SCHEDULED)
    print(json.dumps({"public": are_public(*pages), "publications": entries.count()}))


def die(sender, **kwargs) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def existing(number: int) -> list:
    return list(NewsPage.objects.filter(slug=f"item-{number}").order_by("pk"))


def with_one_approval_missing() -> list:
    """Return a pair whose Chinese is approved and whose English lacks the last approval; it is made the first time."""
    if not existing(1):
        people, pages = reviewers(), drafts(1)
        review(pages[0], people)
        submit(pages[1], people)
        approve(pages[1], people, steps=2)
        people[2].is_superuser = True
        people[2].save()
        people[2].groups.add(*fresh(pages[1]).current_workflow_task.specific.groups.all())
    return existing(1)


def approve_the_last(pages) -> None:
    step = fresh(pages[1]).current_workflow_task_state
    if step:
        client = client_of(User.objects.get(username="elder-2"))
        client.post(reverse("wagtailadmin_pages:workflow_action", args=(pages[1].pk, "approve", step.pk)))


def with_time_come() -> list:
    """Return a pair that is approved for a time that has come; it is made the first time."""
    if not existing(2):
        people = list(User.objects.filter(username__startswith="elder").order_by("username")) or reviewers()
        for page in drafts(2):
            review(page, people, go_live_at=timezone.now() + timedelta(days=1))
        past = timezone.now() - timedelta(minutes=1)
        for revision in Revision.objects.filter(approved_go_live_at__isnull=False):
            revision.content["go_live_at"] = past.isoformat()
            revision.approved_go_live_at = past
            revision.save()
    return existing(2)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")
    django.setup()

    from django.core.management import call_command
    from django.urls import reverse
    from django.utils import timezone
    from wagtail.models import PageLogEntry, Revision
    from wagtail.signals import page_published

    from accounts.models import User
    from news.models import NewsPage
    from tests.reviews import approve, are_public, drafts, fresh, review, reviewers, submit
    from tests.signing_in import client_of

    SCHEDULED = "wagtail.publish.schedule"
    PREPARE = {
        "approve": with_one_approval_missing,
        "schedule": with_time_come,
        "state": lambda: existing(1) or existing(2),
    }
    DO = {
        "approve": approve_the_last,
        "schedule": lambda pages: call_command("publish_scheduled", stdout=sys.stderr),
        "state": lambda pages: None,
    }
    main()
