"""The addresses that a news list serves below its own, and the slugs that they keep from news items; the path converters
of the archive (imported before any route is declared)."""

import re

from django.urls import register_converter

RESERVED_SLUGS = frozenset({"feed", "topics"})
_YEAR = re.compile(r"\d{4}", re.ASCII)


def is_reserved_slug(slug: str) -> bool:
    """Whether a news item of this slug would be hidden behind an archive, a topic or a feed."""
    return slug in RESERVED_SLUGS or bool(_YEAR.fullmatch(slug))


class FourDigitYear:
    """A year from 1900 to 2199."""

    regex = r"(?:19|20|21)[0-9]{2}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return f"{value:04d}"


class TwoDigitMonth:
    regex = r"(?:0[1-9]|1[0-2])"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return f"{value:02d}"


register_converter(FourDigitYear, "yyyy")
register_converter(TwoDigitMonth, "mm")

YEAR = "<yyyy:year>/"
MONTH = "<yyyy:year>/<mm:month>/"
TOPIC = "topics/<slug:topic>/"
