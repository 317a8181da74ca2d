"""What Wagtail's history says of the deeds of this room."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogFormatter

from core.partial_dates import format_partial_date
from editorial.linking import LINKED, UNLINKED
from editorial.matching import MATCHED, UNMATCHED
from editorial.pairs import IN_LINE
from editorial.promises import KEPT, PROMISED, WITHDRAWN
from editorial.releasing import HELD

ACTIONS = {
    IN_LINE: (gettext_lazy("Declare in line"), gettext_lazy("Both languages declared in line")),
    LINKED: (gettext_lazy("Link translations"), gettext_lazy("Linked with a page in the other language")),
    UNLINKED: (gettext_lazy("Unlink them"), gettext_lazy("Unlinked from the other language")),
    MATCHED: (gettext_lazy("Match blocks"), gettext_lazy("Blocks of both languages matched by hand")),
    UNMATCHED: (gettext_lazy("Undo the match"), gettext_lazy("Match of blocks undone")),
    HELD: (gettext_lazy("Approve and wait"), gettext_lazy("Approved; waits for the other language")),
    WITHDRAWN: (gettext_lazy("Withdraw a promise"), gettext_lazy("It is not promised any more that the translation follows")),
    KEPT: (gettext_lazy("Keep a promise"), gettext_lazy("The promised translation is public")),
}


class PromisedFormatter(LogFormatter):
    label = gettext_lazy("Promise a translation")

    def format_message(self, log_entry):
        return _("May go first; the translation is to follow by %(day)s") % {"day": format_partial_date(log_entry.data["due"])}


def register(actions) -> None:
    """Register the room's actions with Wagtail's log."""
    for action, (label, message) in ACTIONS.items():
        actions.register_action(action, label, message)
    actions.register_action(PROMISED)(PromisedFormatter)
