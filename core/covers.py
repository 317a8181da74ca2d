"""Drawn covers: where an item has no picture, its topic and title make a quiet pattern, the same each time."""

import hashlib
from dataclasses import dataclass

PATTERNS = ("arcs", "waves", "beams", "rings")
WIDTH, HEIGHT = 320, 180


@dataclass(frozen=True)
class Shape:
    """A stroke or disc of the pattern, in units of the 320 by 180 drawing; `tone` from 1 (faint) to 3."""

    x: int
    y: int
    size: int
    tone: int


@dataclass(frozen=True)
class Cover:
    """`hue` names the colour family of the topic; the template draws `shapes` in the manner of `pattern`."""

    pattern: str
    hue: str
    shapes: list[Shape]


def cover_for(title: str, topic: str = "") -> Cover:
    """Return the cover of an item; `topic` is its slug, or "" for the portal's own hue."""
    digest = hashlib.sha256(f"{topic}|{title}".encode()).digest()
    pattern = PATTERNS[digest[0] % len(PATTERNS)]
    shapes = [
        Shape(
            x=round(digest[place] / 255 * WIDTH),
            y=round(digest[place + 1] / 255 * HEIGHT),
            size=24 + digest[place + 2] % 96,
            tone=1 + digest[place + 3] % 3,
        )
        for place in range(1, 29, 4)
    ]
    return Cover(pattern, topic or "portal", shapes)
