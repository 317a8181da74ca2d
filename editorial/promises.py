"""“English follows by …”: one language of a page goes first, and the other one is promised for a day."""

import datetime

from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import Page

from editorial.models import Promise
from editorial.releasing import let_go, locked_pair

PROMISED, WITHDRAWN, KEPT = "editorial.promised", "editorial.promise_withdrawn", "editorial.promise_kept"  # in Wagtail's log
PERMISSION = "editorial.promise_translation"


def may_promise(user, page) -> bool:
    """Return whether `user` may state, change and withdraw that a translation of `page` follows."""
    return user.has_perm(PERMISSION) and page.permissions_for_user(user).can_edit()


def promise_of(page: Page) -> Promise | None:
    return Promise.objects.select_related("page__locale", "stated_by").filter(page=page.pk).first()


@transaction.atomic
def state(page: Page, due: datetime.date, user) -> None:
    """Let `page` go first, its translation following by `due`; what of it is approved and waits goes public at once."""
    locked_pair(page.translation_key)
    new = {"due": due, "stated_by": user, "was_reminded": False, "was_told_overdue": False}
    Promise.objects.update_or_create(page_id=page.pk, defaults=new)
    log(page, PROMISED, user=user, data={"due": due.isoformat()})
    let_go(page.translation_key, user)


@transaction.atomic
def withdraw(promise: Promise, user) -> None:
    """Take the promise back. What is public stays public; what is to come waits for the other language again."""
    promise.delete()
    log(promise.page, WITHDRAWN, user=user, data={"due": promise.due.isoformat()})


def keep(page: Page) -> None:
    """End the promise that `page`, which has become public, would follow."""
    for promise in Promise.objects.select_related("page").filter(page__translation_key=page.translation_key):
        if promise.page_id != page.pk:
            promise.delete()
            log(promise.page, KEPT, data={"due": promise.due.isoformat()})


def due_day_of(page: Page) -> datetime.date | None:
    """Return by when the translation of `page` follows: source of core.untranslated."""
    return Promise.objects.filter(page=page.pk).values_list("due", flat=True).first()
