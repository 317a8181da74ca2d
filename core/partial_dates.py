"""Dates as exactly as they are known: `2023-03-06`, `2023-03` or `2023` (ISO 8601, reduced precision).

The text sorts as it is, in both databases: a year stands before its months and days.
"""

import datetime
import re
from functools import lru_cache

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import formats, translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

_FORM = re.compile(r"(?P<year>\d{4})(-(?P<month>\d{2})(-(?P<day>\d{2}))?)?", re.ASCII)


def parse_partial_date(text: str) -> tuple[datetime.date, str]:
    """Return the first day that `text` covers and its precision: "day", "month" or "year".

    Raises ValueError for anything that is no date of the calendar.
    """
    match = _FORM.fullmatch(text)
    if not match:
        raise ValueError(f"{text!r} is not of the form 2023-03-06, 2023-03 or 2023")
    year, month, day = match["year"], match["month"], match["day"]
    first_day = datetime.date(int(year), int(month or 1), int(day or 1))
    return first_day, "day" if day else "month" if month else "year"


def format_partial_date(text: str) -> str:
    """Return `text` as the active language writes it: 2023年3月6日 / 6 March 2023; 2023年3月 / March 2023."""
    return _formatted(text, translation.get_language()) if text else ""


@lru_cache(maxsize=4096)
def _formatted(text: str, language: str | None) -> str:
    """Return `text` as `language` writes it, which is the active one."""
    first_day, precision = parse_partial_date(text)
    patterns = {
        "day": pgettext("date format", "j F Y"),
        "month": pgettext("date format", "F Y"),
        "year": pgettext("date format", "Y"),
    }
    return formats.date_format(first_day, patterns[precision])


def validate_partial_date(text: str) -> None:
    try:
        parse_partial_date(text)
    except ValueError as error:
        raise ValidationError(
            _("“%(value)s” is no date. Write 2023-03-06, or 2023-03 or 2023 where no more is known."),
            params={"value": text},
        ) from error


class PartialDateField(models.CharField):
    """A date of day, month or year precision, stored as its ISO 8601 text."""

    def __init__(self, *args, **kwargs):
        kwargs["max_length"] = 10
        kwargs.setdefault("help_text", _("2023-03-06; or 2023-03 or 2023 where no more is known."))
        kwargs.setdefault("validators", [validate_partial_date])
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        for derived in ("max_length", "help_text", "validators"):
            kwargs.pop(derived, None)
        return name, path, args, kwargs
