"""Which blocks of a text answer which blocks of its counterpart: tied by hand, copied from each other, or alike in kind."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest


@dataclass(frozen=True)
class Block:
    """`id` is the block's own, "" where it has none; blocks of one `kind` may stand beside each other."""

    id: str
    kind: str


@dataclass(frozen=True)
class Tie:
    """The ids of blocks that somebody found to answer each other."""

    own: tuple[str, ...]
    other: tuple[str, ...]


@dataclass(frozen=True)
class Match:
    """The places of blocks that stand beside each other, None where a text has nothing there; `tie` is what ties them."""

    own: int | None
    other: int | None
    tie: Tie | None = None


#: Functions that give the ties between a page and its counterpart.
TIE_SOURCES: list[Callable[[object, object], Iterable[Tie]]] = []


def ties_between(page, counterpart) -> list[Tie]:
    return [tie for source in TIE_SOURCES for tie in source(page, counterpart)]


def aligned(own: Sequence[Block], other: Sequence[Block], ties: Iterable[Tie] = ()) -> list[Match]:
    """Return the blocks of both texts in rows, in the order of `own`. A tie holds as long as either text has a block of it."""
    held = _held(own, other, ties)
    free = [
        [place for place in range(len(blocks)) if not any(place in group[side] for group in held)]
        for side, blocks in enumerate((own, other))
    ]
    matches, start, other_start = [], 0, 0
    anchors = _in_both_orders(held)
    for left, right, tie in anchors:
        matches += _by_kind(own, other, *_between(free, start, left[0], other_start, right[0]))
        matches += _tied(own, other, left, right, tie)
        start, other_start = left[0], right[0]
    matches += _by_kind(own, other, *_between(free, start, len(own), other_start, len(other)))
    for left, right, tie in (group for group in held if group not in anchors):
        behind = (number for number, match in enumerate(matches) if match.own is not None and match.own > left[0])
        place = next(behind, len(matches))
        matches[place:place] = _tied(own, other, left, right, tie)
    return matches


def _between(free, start: int, end: int, other_start: int, other_end: int) -> list[list[int]]:
    bounds = ((start, end), (other_start, other_end))
    return [[place for place in places if first <= place < last] for places, (first, last) in zip(free, bounds, strict=True)]


def _tied(own, other, left: list[int], right: list[int], tie: Tie) -> list[Match]:
    return [Match(match.own, match.other, tie) for match in _by_kind(own, other, left, right)]


def _held(own, other, ties) -> list[tuple[list[int], list[int], Tie]]:
    """Return the places of each tie that both texts still know, none of them twice."""
    held, taken = [], (set(), set())
    for tie in ties:
        places = [
            [place for place, block in enumerate(blocks) if block.id in ids and place not in used]
            for blocks, ids, used in ((own, tie.own, taken[0]), (other, tie.other, taken[1]))
        ]
        if all(places):
            held.append((*places, tie))
            for used, found in zip(taken, places, strict=True):
                used.update(found)
    return held


def _in_both_orders(held: list) -> list:
    """Return as many ties as can be in the order of both texts: between these, the other blocks are matched."""
    best: list[list] = []
    for group in sorted(held, key=lambda group: group[0][0]):
        chains = [chain for chain in best if chain[-1][1][0] < group[1][0]]
        best.append([*max(chains, key=len, default=[]), group])
    return max(best, key=len, default=[])


def _by_kind(own, other, left: Sequence[int], right: Sequence[int]) -> list[Match]:
    """Match the blocks at these places: copied ones by their id, those between by their kind, else as they come."""
    shared = {own[place].id for place in left} & {other[place].id for place in right} - {""}
    keys = [[_key(blocks[place], shared) for place in places] for blocks, places in ((own, left), (other, right))]
    return [Match(*pair) for pair in _pairs(*keys, left, right)]


def _key(block: Block, shared: set[str]) -> tuple[str, str]:
    return (block.id if block.id in shared else "", block.kind)


def _pairs(keys, other_keys, left, right) -> Iterator[tuple[int | None, int | None]]:
    for _tag, start, end, other_start, other_end in SequenceMatcher(None, keys, other_keys, autojunk=False).get_opcodes():
        yield from zip_longest(left[start:end], right[other_start:other_end])
