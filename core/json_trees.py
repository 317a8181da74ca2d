"""Parsed JSON as a tree of texts."""

from collections.abc import Callable


def with_texts(tree, change: Callable[[str], str]):
    """Return parsed JSON with `change` applied to each of its texts; keys stay."""
    if isinstance(tree, str):
        return change(tree)
    if isinstance(tree, list):
        return [with_texts(entry, change) for entry in tree]
    if isinstance(tree, dict):
        return {key: with_texts(entry, change) for key, entry in tree.items()}
    return tree
