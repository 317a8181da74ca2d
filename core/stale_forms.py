"""A form that was opened before somebody else saved: Wagtail refuses to save it by itself, and takes it when it is sent.

Pages and records have versions, by which Wagtail's forms tell what they were made of. The form of what has none tells the
newest change in its history instead: `LoadedChangeField`.
"""

from django import forms
from django.contrib.auth import get_user_model
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import registry as log_registry
from wagtail.models import Page, Revision, RevisionMixin

LOADED_CHANGE = "loaded_change"
TOLD = gettext_lazy(
    "%(person)s saved another version (%(time)s) after you had opened this form, so yours was not saved. What you typed still "
    "stands here. Compare it with the newest version (under History) in another window and take over what is needed. Then save "
    "again: yours becomes the newest, and the other one stays in the history."
)
TOLD_WITHOUT_VERSIONS = gettext_lazy(
    "%(person)s saved a change (%(time)s) after you had opened this form, so yours was not saved. What you typed still stands "
    "here. Open the form in another window, compare, and take over what is needed. Then save again: yours takes the place of "
    "the other one, which is kept nowhere."
)


class LoadedChangeField(forms.CharField):
    """The change that a form was made of; one that is sent back refused is made of the newest."""

    widget = forms.HiddenInput

    def bound_data(self, data, initial):
        return initial

    def has_changed(self, initial, data):
        return False


def newest_change(item):
    """Return the newest entry in the history of `item`, None where there is none."""
    return log_registry.get_logs_for_instance(item).order_by("-pk").first()


def staleness(request, item) -> str:
    """Return why the form in `request` is older than what was last saved of `item`, as a sentence; "" for one that is not.

    What a person saved themselves they may write over: the editor saves by itself beside what they send. Of two who send at
    the same time the second waits until the first has saved.
    """
    model = Page if isinstance(item, Page) else type(item)
    row = model._base_manager.select_for_update(no_key=True).get(pk=item.pk)
    if isinstance(item, RevisionMixin):
        newest, is_made_of = row.latest_revision, _is_made_of_version
    else:
        newest, is_made_of = newest_change(row), _is_made_of_change
    if newest is None or newest.user_id == request.user.pk or is_made_of(request.POST, newest):
        return ""
    return _told_of(newest)


def _is_made_of_version(sent, newest: Revision) -> bool:
    """Return whether the form that was `sent` was made of the version `newest` or, once the editor has saved by itself, writes
    over it; True where it does not tell."""
    if overwrites := sent.get("overwrite_revision_id"):
        return overwrites == str(newest.pk)
    if loaded := sent.get("loaded_revision_id"):
        return (loaded, sent.get("loaded_revision_created_at")) == (str(newest.pk), newest.created_at.isoformat())
    return True


def _is_made_of_change(sent, newest) -> bool:
    return sent.get(LOADED_CHANGE) in (None, str(newest.pk))


def _told_of(newest) -> str:
    told, saved_at = (TOLD, newest.created_at) if isinstance(newest, Revision) else (TOLD_WITHOUT_VERSIONS, newest.timestamp)
    person = get_user_model().objects.filter(pk=newest.user_id).first()
    name = person.get_short_name() if person else _("Somebody")
    return str(told) % {"person": name, "time": date_format(timezone.localtime(saved_at), "Y-m-d H:i")}
