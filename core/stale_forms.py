"""A form that was opened before somebody else saved: Wagtail refuses to save it by itself, and takes it when it is sent."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _


def staleness(request, page) -> str:
    """Return why the form in `request` is older than the newest version of `page`, as a sentence; "" for one that is not.

    What a person saved themselves they may write over: the editor saves by itself beside what they send.
    A form tells which version it was made of or, once the editor has saved by itself, which it writes over.
    """
    newest, sent = page.latest_revision, request.POST
    if newest is None or newest.user_id == request.user.pk:
        return ""
    if overwrites := sent.get("overwrite_revision_id"):
        is_newest = overwrites == str(newest.pk)
    elif loaded := sent.get("loaded_revision_id"):
        written = newest.created_at.isoformat()
        is_newest = (loaded, sent.get("loaded_revision_created_at")) == (str(newest.pk), written)
    else:
        return ""
    return "" if is_newest else _told_of(newest)


def _told_of(newest) -> str:
    told = _(
        "%(person)s saved another version at %(time)s, after you had opened this page, so yours was not saved. What you typed "
        "still stands here. Compare it with the newest version (under History) in another window and take over what is needed. "
        "Then save again: yours becomes the newest, and the other one stays in the history."
    )
    person = newest.user.get_short_name() if newest.user else _("Somebody")
    return told % {"person": person, "time": date_format(timezone.localtime(newest.created_at), "H:i")}
