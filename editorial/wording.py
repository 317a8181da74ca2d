"""What an editor reads in the place of a choice or a reference as it is stored: its label, or the title of what it leads to."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.apps import apps
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.models import Page

from core.languages import in_brackets
from editorial.rich_text import REFERENCE
from editorial.rights import readable_pages
from editorial.texts import Statement


class Wording:
    """The words for what `statements` hold, for `user`; `fields` are those of the page or record by their names."""

    def __init__(self, statements: Iterable[Statement], fields: dict, user):
        said = {part for statement in statements for part in statement.sentences if part.startswith(REFERENCE)}
        self.titles = _titles(said, user)
        self.fields = fields

    def of(self, sentence: str, field: str, kind: str = "") -> str:
        """Return `sentence` of a field, or of a block of `kind` in it, as one reads it; most stand as they are."""
        if sentence.startswith(REFERENCE):
            return self.titles.get(sentence, sentence)
        return dict(_choices(self.fields.get(field), kind)).get(sentence, sentence)


def _titles(references: Iterable[str], user) -> dict[str, str]:
    """Return what each of `references` leads to; a draft is named to whoever may read it alone."""
    keys: dict[type, dict[int, str]] = defaultdict(dict)
    for reference in references:
        label, _colon, key = reference.removeprefix(REFERENCE).rpartition(":")
        if label.count(".") == 1 and key.isdecimal() and (model := _model(label)):
            keys[model][int(key)] = reference
    titles = {}
    for model, wanted in keys.items():
        found = model._default_manager.in_bulk(wanted)
        open_to = set(readable_pages(user).filter(pk__in=wanted).values_list("pk", flat=True)) if model is Page else set(found)
        for key, reference in wanted.items():
            title = str(found[key]) if key in open_to else _("a draft that you may not read yet")
            title = title if key in found else _("something that was deleted")
            titles[reference] = f"{REFERENCE} {title}"
    return titles


def _model(label: str) -> type | None:
    try:
        return apps.get_model(label)
    except LookupError:
        return None


def _choices(field, kind: str) -> Iterator[tuple[str, str]]:
    """Yield value and label of each choice that a field, or a block of `kind` in it, offers."""
    for value, label in getattr(field, "flatchoices", ()):
        yield str(value), str(label)
    block = field.stream_block.child_blocks.get(kind) if kind and hasattr(field, "stream_block") else None
    for child in getattr(block, "child_blocks", {}).values():
        if isinstance(child, blocks.ChoiceBlock):
            yield from ((str(value), in_brackets(label).strip()) for value, label in child.field.choices if value)
