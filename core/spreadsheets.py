"""Cells of exported tables: a spreadsheet must not take a text for a formula."""

from decimal import Decimal

from django.utils.encoding import force_str

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def harmless_cell(text: str) -> str:
    """Return `text`, marked as text by an apostrophe where a spreadsheet would run it."""
    return f"'{text}" if text.lstrip(" \n\u3000").startswith(_FORMULA_STARTS) else text


def csv_cell(value):
    """Return what stands for `value` in a CSV cell: numbers as they are, all else as harmless text."""
    if isinstance(value, (list, tuple)):
        value = ", ".join(map(str, value))
    return value if value is None or isinstance(value, (int, float, Decimal)) else harmless_cell(force_str(value))
