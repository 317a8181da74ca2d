"""A small chart of a figure's dated values, drawn on the server; the table beside it says the same in words."""

from dataclasses import dataclass

from core.partial_dates import parse_partial_date

WIDTH, HEIGHT = 320, 110
LEFT, RIGHT, TOP, BASE = 26, 294, 30, 84  # where the values may stand


@dataclass(frozen=True)
class Point:
    """A value in units of the 320 by 110 drawing; `labelled` where its number stands beside it."""

    value: object
    x: float
    y: float
    labelled: bool


@dataclass(frozen=True)
class Chart:
    """`points` are in order of time, `line` joins the newest statement of each date."""

    points: list[Point]
    line: str
    first_year: int
    last_year: int


def chart_of(figure) -> Chart | None:
    """Return the chart of `figure`, None where its numbers stand for fewer than two years."""
    values = [value for value in reversed(figure.newest_first()) if value.as_of and not value.text]
    dated = sorted(((_year_of(value.as_of), value) for value in values), key=lambda pair: pair[0])
    if not dated or int(dated[0][0]) == int(dated[-1][0]):
        return None
    start, end = dated[0][0], dated[-1][0]
    highest = max((value for _date, value in dated), key=lambda value: value.value)
    labelled = (dated[0][1], dated[-1][1], highest)
    points = [
        Point(
            value,
            x=round(LEFT + (date - start) / (end - start) * (RIGHT - LEFT), 1),
            y=round(BASE - value.value / (highest.value or 1) * (BASE - TOP), 1),
            labelled=any(value is one for one in labelled),
        )
        for date, value in dated
    ]
    line = {point.x: f"{point.x},{point.y}" for point in points}
    return Chart(points, " ".join(line.values()), int(start), int(end))


def _year_of(as_of: str) -> float:
    """Return the date as a fraction of years; a year or a month stands at its middle."""
    first_day, precision = parse_partial_date(as_of)
    passed = {"year": 0.5, "month": (first_day.month - 0.5) / 12, "day": first_day.timetuple().tm_yday / 366}
    return first_day.year + passed[precision]
