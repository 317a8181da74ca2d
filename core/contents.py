"""The list of contents of a long page, from the headings of its body."""

from dataclasses import dataclass

SHORTEST_LIST = 3


@dataclass(frozen=True)
class Entry:
    text: str
    anchor: str


def contents_of(body) -> list[Entry]:
    """Return the sections of the StreamField value `body`, none where they are too few to need a list."""
    headings = [block.value for block in body if block.block_type == "heading" and block.value["level"] == "2"]
    entries = [Entry(heading["text"], heading.anchor) for heading in headings]
    return entries if len(entries) >= SHORTEST_LIST else []
