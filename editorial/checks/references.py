"""What a manuscript names: pictures, pages, documents and records, each kind fetched at once."""

from dataclasses import dataclass

from django.apps import apps
from django.db import models

from editorial.checks.manuscripts import Manuscript, Passage


@dataclass(frozen=True)
class Mention:
    """`thing` is what is named in the passage, None where it is gone."""

    passage: Passage
    thing: models.Model | None


def mentions(manuscript: Manuscript, kind: type[models.Model]) -> list[Mention]:
    """Return each mention of a thing of `kind` or of a model below it, in one query."""
    named = [
        (passage, key)
        for passage in manuscript.passages
        for label, _colon, key in (reference.partition(":") for reference in passage.references)
        if _names(label, kind)
    ]
    numbers = {int(key) for _passage, key in named if key.isascii() and key.isdecimal() and len(key) < 19}
    found = kind._base_manager.in_bulk(numbers) if numbers else {}
    return [Mention(passage, found.get(int(key)) if key.isdecimal() else None) for passage, key in named]


def _names(label: str, kind: type[models.Model]) -> bool:
    try:
        return issubclass(apps.get_model(label), kind)
    except (LookupError, ValueError):  # a web address
        return False
