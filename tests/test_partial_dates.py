"""Dates are kept, shown and sorted as exactly as they are known."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from core.partial_dates import PartialDateField, format_partial_date, parse_partial_date, validate_partial_date
from programs.models import Milestone

MALFORMED = (
    "2023-3-6",
    "2023-03-06 ",
    "6 March 2023",
    "20230306",
    "2023-",
    "2023-03-",
    "23",
    "",
    "２０２３",
    "2023/03/06",
    "-2023",
)
NOT_IN_THE_CALENDAR = ("2023-02-29", "2023-13", "2023-00", "2023-04-31", "2023-01-00", "0000")


@pytest.mark.parametrize(
    ("text", "first_day", "precision"),
    [
        ("2023-03-06", datetime.date(2023, 3, 6), "day"),
        ("2024-02-29", datetime.date(2024, 2, 29), "day"),
        ("2023-03", datetime.date(2023, 3, 1), "month"),
        ("2023", datetime.date(2023, 1, 1), "year"),
    ],
)
def test_a_date_is_read_with_its_precision(text, first_day, precision):
    assert parse_partial_date(text) == (first_day, precision)


@pytest.mark.parametrize("text", MALFORMED + NOT_IN_THE_CALENDAR)
def test_what_is_no_date_is_refused(text):
    with pytest.raises(ValueError, match=r"."):
        parse_partial_date(text)


@pytest.mark.parametrize(
    ("text", "chinese", "english"),
    [
        ("2023-03-06", "2023年3月6日", "6 March 2023"),
        ("2003-12-31", "2003年12月31日", "31 December 2003"),
        ("2023-03", "2023年3月", "March 2023"),
        ("2023", "2023年", "2023"),
        ("", "", ""),
    ],
)
def test_each_language_writes_a_date_in_its_own_form(text, chinese, english):
    with translation.override("zh-hans"):
        assert format_partial_date(text) == chinese
    with translation.override("en"):
        assert format_partial_date(text) == english


def test_dates_sort_as_text_a_year_before_its_months_and_days():
    dates = ["2024", "2023-02", "2023-01-01", "2023", "2022-12-31", "2023-01"]

    assert sorted(dates) == ["2022-12-31", "2023", "2023-01", "2023-01-01", "2023-02", "2024"]


def test_the_database_sorts_dates_like_their_text(portal):
    for number, date in enumerate(("1901-02", "1901", "1901-01-31", "1902", "1901-01", "1901-01-02")):
        Milestone.objects.create(key=f"m-{number}", date=date, text_zh_hans="…", source_zh_hans="…")

    found = list(Milestone.objects.filter(date__lt="1903").values_list("date", flat=True))

    assert found == ["1901", "1901-01", "1901-01-02", "1901-01-31", "1901-02", "1902"]


def test_the_message_shows_the_faulty_date_and_how_to_write_it_in_the_editors_language():
    with pytest.raises(ValidationError) as fault:
        validate_partial_date("6.3.2023")

    with translation.override("en"):
        assert fault.value.messages == ["“6.3.2023” is no date. Write 2023-03-06, or 2023-03 or 2023 where no more is known."]
    with translation.override("zh-hans"):
        (message,) = fault.value.messages
    assert "6.3.2023" in message
    assert "2023-03-06" in message
    assert "is no date" not in message


def test_the_field_checks_what_it_keeps():
    field = PartialDateField()

    assert field.clean("2023-03", None) == "2023-03"
    with pytest.raises(ValidationError):
        field.clean("2023-02-30", None)
