"""What has changed in a text since it was agreed, to the sentence, and how grave each change is."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from editorial.gravity import Gravity, gravity_of
from editorial.sentences import fingerprint
from editorial.texts import Statement

#: A sentence in a text: the index of its statement, and its own within that.
Place = tuple[int, int]


@dataclass(frozen=True)
class Change:
    """Sentences that stood in `field` and those that stand there now; either may be empty.

    `places` are those of `after`. `near` is the place in the present text where what is gone would stand, None where the whole
    field is empty.
    """

    field: str
    gravity: Gravity
    before: tuple[str, ...]
    after: tuple[str, ...]
    places: tuple[Place, ...] = ()
    near: Place | None = None


@dataclass(frozen=True)
class _Sentence:
    text: str
    print: str
    place: Place


def worst(found: Iterable[Change]) -> Gravity:
    """Return the gravest gravity among changes, NONE where there are none."""
    return max((change.gravity for change in found), default=Gravity.NONE)


def prints_of(text: list[Statement]) -> dict[str, str]:
    """Return for each field what counts of its text; texts with the same prints say the same."""
    return {field: "".join(part.print for part in parts) for field, parts in _by_field(text).items() if parts}


def changes(before: list[Statement], after: list[Statement], names: Iterable[str] = ()) -> list[Change]:
    """Return how `after` differs from `before`, field by field.

    A field is compared as one run of fingerprints: its text may be cut anew into sentences and blocks without a change.
    `names` are known names, whose change is grave; they are asked for only where something has changed.
    """
    old, new = _by_field(before), _by_field(after)
    found = []
    for field in dict.fromkeys([*new, *old]):
        own, other = old.get(field, []), new.get(field, [])
        if "".join(part.print for part in own) != "".join(part.print for part in other):
            found += _changes_of_field(field, own, other, names)
    return found


def _by_field(text: list[Statement]) -> dict[str, list[_Sentence]]:
    fields: dict[str, list[_Sentence]] = {}
    for number, statement in enumerate(text):
        parts = fields.setdefault(statement.field, [])
        for place, sentence in enumerate(statement.sentences):
            if print_of := fingerprint(sentence):
                parts.append(_Sentence(sentence, print_of, (number, place)))
    return fields


def _changes_of_field(field: str, old: list[_Sentence], new: list[_Sentence], names) -> Iterator[Change]:
    groups = [group for group in _groups(old, new) if _differ(*group[:2])]
    gone = Counter(part.print for before, _after, _near in groups for part in before)
    come = Counter(part.print for _before, after, _near in groups for part in after)
    moved = gone & come
    for before, after, near in groups:
        # What stands elsewhere in the field word for word has moved: it weighs as wording, whatever it states.
        staying = [[part.text for part in side if part.print not in moved] for side in (before, after)]
        gravity = gravity_of(*(" ".join(texts) for texts in staying), names)
        yield Change(
            field,
            max(gravity, Gravity.ORDINARY),
            tuple(part.text for part in before),
            tuple(part.text for part in after),
            tuple(part.place for part in after),
            near,
        )


def _groups(old: list[_Sentence], new: list[_Sentence]) -> Iterator[tuple[list[_Sentence], list[_Sentence], Place | None]]:
    prints = [[part.print for part in side] for side in (old, new)]
    for tag, start, end, new_start, new_end in SequenceMatcher(None, *prints, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        near = new[min(new_start, len(new) - 1)].place if new else None
        if end - start == new_end - new_start:
            yield from (([one], [two], two.place) for one, two in zip(old[start:end], new[new_start:new_end], strict=True))
        else:
            yield old[start:end], new[new_start:new_end], near


def _differ(before: list[_Sentence], after: list[_Sentence]) -> bool:
    return "".join(part.print for part in before) != "".join(part.print for part in after)
