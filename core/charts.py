"""Bars for counts, in the units of an SVG; the page that shows them says the same in words."""

from collections.abc import Iterable
from dataclasses import dataclass

GAP = 0.25  # of a bar's place


@dataclass(frozen=True)
class Bar:
    """A count and its bar: `x` and `y` are its upper left corner, all four numbers in units of the drawing."""

    label: object
    count: int
    x: float
    y: float
    width: float
    height: float


def bars(counts: Iterable[tuple[object, int]], width: float, height: float) -> list[Bar]:
    """Return a bar for each pair of label and count, side by side in `width`, the highest as high as `height`."""
    pairs = list(counts)
    highest = max((count for _label, count in pairs), default=0) or 1
    place = width / max(len(pairs), 1)
    return [
        Bar(
            label,
            count,
            x=round(number * place + place * GAP / 2, 2),
            y=round(height - height * count / highest, 2),
            width=round(place * (1 - GAP), 2),
            height=round(height * count / highest, 2),
        )
        for number, (label, count) in enumerate(pairs)
    ]
