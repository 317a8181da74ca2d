"""What was once public of a news item and may not be changed unseen: the date it bore, and the corrections it stood with."""

from dataclasses import dataclass
from itertools import pairwise

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from core.partial_dates import format_partial_date
from news.models.correction import Correction

DATE_CORRECTED, CORRECTION_REMOVED = "news.date_corrected", "news.correction_removed"  # the actions in Wagtail's log


@dataclass(frozen=True)
class DateCorrection:
    """That a public item's date was changed from `before` to `after`, both partial dates, on `day`."""

    day: str
    before: str
    after: str

    def __str__(self):
        dates = {name: format_partial_date(getattr(self, name)) for name in ("day", "before", "after")}
        return _("Date corrected on %(day)s from %(before)s to %(after)s.") % dates


def date_corrections(shown_dates: list[list[str]]) -> list[DateCorrection]:
    """Return the corrections that `shown_dates` of an item tell of, the earliest first."""
    return [DateCorrection(_day(moment), before, after) for (before, _since), (after, moment) in pairwise(shown_dates)]


def _day(moment: str) -> str:
    return timezone.localdate(parse_datetime(moment)).isoformat()


def note_date(page) -> None:
    """Add to `page`, which is being saved as a public one, the date that it bears from here on, if it is another one."""
    shown = page.shown_dates
    if page.date and (not shown or shown[-1][0] != page.date):
        page.shown_dates = [*shown, [page.date, timezone.now().isoformat()]]
        if shown:
            log(page, DATE_CORRECTED, data={"from": shown[-1][0], "to": page.date})


def corrections_of(page) -> set[tuple[str, str]]:
    """Return day and text of each correction of `page` in the database."""
    rows = Correction.objects.filter(page=page.pk).values_list("date", "text")
    return {(day.isoformat(), text) for day, text in rows}


def note_removals(page, before: set[tuple[str, str]]) -> None:
    """Keep in the history which of the corrections `before` are gone from `page`, which was public."""
    for day, text in sorted(before - corrections_of(page)):
        log(page, CORRECTION_REMOVED, data={"date": day, "text": text})
