"""Generated bodies: the blocks of articles, the same ones with the same ids in both languages."""

import random
from uuid import UUID

from portal.generating.words import Words

#: The kinds of block with how often each is drawn beside another.
KINDS = {"paragraph": 12, "heading": 3, "quote": 2, "fact_box": 1, "table": 1, "timeline": 1}
BLOCKS = range(3, 7)


def plan(chance: random.Random) -> list[tuple[str, str]]:
    """Return the kinds of the blocks of a body, a paragraph first, with an id for each."""
    kinds = ["paragraph", *chance.choices(list(KINDS), weights=KINDS.values(), k=chance.choice(BLOCKS))]
    return [(kind, _key(chance)) for kind in kinds]


def _key(chance: random.Random) -> str:
    """Return the id of a block."""
    return str(UUID(int=chance.getrandbits(128), version=4))


def body(planned: list[tuple[str, str]], words: Words, own: list[str]) -> list[dict]:
    """Return the body that `planned` makes in `words`, as a stream field stores it."""
    return [{"type": kind, "value": _value(kind, words, own), "id": key} for kind, key in planned]


def _value(kind: str, words: Words, own: list[str]):
    if kind == "heading":
        return {"text": words.phrase(own, 4), "level": "2"}
    if kind == "quote":
        return {"text": words.sentence(own), "attribution": words.phrase(own, 2)}
    if kind == "fact_box":
        return {"title": words.phrase(own, 3), "text": f"<p>{words.text(own, 2)}</p>"}
    if kind == "table":
        columns = [{"type": "text", "heading": words.phrase(own, 1)}, {"type": "number", "heading": words.phrase(own, 1)}]
        rows = [{"values": [words.phrase(own, 2), str(words.chance.randrange(1000))]} for _number in range(3)]
        return {"columns": columns, "rows": rows, "caption": words.phrase(own, 3)}
    if kind == "timeline":
        years = sorted(words.chance.sample(range(2004, 2026), 3))
        texts = ({"date": str(year), "text": words.sentence(own)} for year in years)
        entries = [{"type": "item", "value": text, "id": _key(words.chance)} for text in texts]
        return {"title": words.phrase(own, 3), "entries": entries}
    return f"<p>{words.text(own, 2)}</p>"
