"""The shape of what the rich text editor sends: Draft.js' raw content state, as JSON."""

_RANGES = {"inlineStyleRanges": {"offset": int, "length": int, "style": str}, "entityRanges": {"offset": int, "length": int}}


def is_content_state(tree) -> bool:
    """Return whether parsed JSON claims to be a content state."""
    return isinstance(tree, dict) and {"blocks", "entityMap"} <= set(tree)


def is_well_formed(state: dict) -> bool:
    """Return whether blocks, their ranges and the entities that these name have the shape that the editor gives them."""
    blocks, entities = state["blocks"], state["entityMap"]
    if not isinstance(blocks, list) or not isinstance(entities, dict):
        return False
    return all(_is_entity(entity) for entity in entities.values()) and all(_is_block(block, entities) for block in blocks)


def _is_entity(entity) -> bool:
    return isinstance(entity, dict) and isinstance(entity.get("type"), str) and isinstance(entity.get("data"), dict)


def _is_block(block, entities: dict) -> bool:
    if not _has(block, {"text": str, "type": str}) or not isinstance(block.get("depth", 0), int):
        return False
    for name, parts in _RANGES.items():
        ranges = block.get(name, [])
        if not isinstance(ranges, list) or not all(_has(part, parts) for part in ranges):
            return False
    return all(str(part.get("key")) in entities for part in block.get("entityRanges", []))


def _has(value, parts: dict[str, type]) -> bool:
    return isinstance(value, dict) and all(isinstance(value.get(name), kind) for name, kind in parts.items())
