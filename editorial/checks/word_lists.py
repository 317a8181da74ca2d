"""The words that the checks of typography know, from words.yaml."""

from functools import cache
from pathlib import Path

import yaml

_FILE = Path(__file__).with_name("words.yaml")


@cache
def words(name: str) -> frozenset[str]:
    """Return the words of the list `name`."""
    return frozenset(yaml.safe_load(_FILE.read_text(encoding="utf-8"))[name].split())
