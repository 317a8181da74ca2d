"""What Wagtail's history says of changes to what was public."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogFormatter

from core.partial_dates import format_partial_date
from news.public_record import CORRECTION_REMOVED, DATE_CORRECTED
from news.word.drafting import FROM_WORD


class DateFormatter(LogFormatter):
    label = gettext_lazy("Change the date of a public item")

    def format_message(self, log_entry):
        dates = {"before": format_partial_date(log_entry.data["from"]), "after": format_partial_date(log_entry.data["to"])}
        return _("The date that readers see changed from %(before)s to %(after)s") % dates


class CorrectionFormatter(LogFormatter):
    label = gettext_lazy("Change or remove a public correction")

    def format_message(self, log_entry):
        data = {"day": format_partial_date(log_entry.data["date"]), "text": log_entry.data["text"]}
        return _("The correction of %(day)s no longer reads: %(text)s") % data


def register(actions) -> None:
    """Register the room's actions with Wagtail's log."""
    actions.register_action(FROM_WORD, gettext_lazy("News from a Word document"), gettext_lazy("Made from a Word document"))
    actions.register_action(DATE_CORRECTED)(DateFormatter)
    actions.register_action(CORRECTION_REMOVED)(CorrectionFormatter)
