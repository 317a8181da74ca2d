"""The newest text of a page or record as checks read it: passage by passage, each with its place in the editor."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from django.core.exceptions import FieldDoesNotExist
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from modeltranslation.utils import build_localized_fieldname
from wagtail.fields import StreamField
from wagtail.models import Page

from core.languages import LANGUAGES, Language, in_brackets
from core.pairing import language_of
from editorial.anchors import BLOCK_ANCHOR, FIELD_ANCHOR
from editorial.rich_text import REFERENCE
from editorial.texts import pieces_of_page, pieces_of_record


@dataclass(frozen=True)
class Place:
    """A field of the form, or a block in it: `number` counts the blocks of a field from 1, `kind` is the block's type."""

    field: str
    label: str
    block: str = ""
    number: int = 0
    kind: str = ""

    def __str__(self):
        if not self.number:
            return self.label
        return _("%(field)s, block %(number)d (%(kind)s)") % {"field": self.label, "number": self.number, "kind": self.kind}

    @property
    def anchor(self) -> str:
        """The fragment that leads to this place in the editor."""
        return BLOCK_ANCHOR.format(self.block) if self.block else FIELD_ANCHOR.format(self.field)


@dataclass(frozen=True)
class Passage:
    """What is written at a place in a language, and the things that it names, as "model:key" or a web address."""

    place: Place
    language: Language
    text: str
    references: tuple[str, ...] = ()


@dataclass(frozen=True)
class Manuscript:
    """`item` is the page or record with its newest values; it need not be saved."""

    item: object
    content: dict = field(default_factory=dict)

    @classmethod
    def of(cls, item) -> "Manuscript":
        return cls(item, item.serializable_data())

    @property
    def is_page(self) -> bool:
        return isinstance(self.item, Page)

    @property
    def languages(self) -> tuple[Language, ...]:
        return (language_of(self.item),) if self.is_page else LANGUAGES

    @cached_property
    def passages(self) -> list[Passage]:
        """What is written in all fields that readers read."""
        return [passage for language in self.languages for passage in self._passages(language)]

    @property
    def is_begun(self) -> bool:
        """Whether anything is written yet: a form for something new has its defaults alone."""
        return bool(self.item.pk or (self.item.title if self.is_page else self.passages))

    def blocks(self, name: str) -> list[dict]:
        """Return the blocks of a stream field as they are stored: type, value and id."""
        stored = self.content.get(name) or []
        return json.loads(stored) if isinstance(stored, str) else stored

    def streams(self) -> Iterator[StreamField]:
        return (entry for entry in self.item._meta.get_fields() if isinstance(entry, StreamField))

    def place(self, name: str, language: Language | None = None, block: str = "", number: int = 0, kind: str = "") -> Place:
        """Return the place of a field; `language` is that of a translated field of a record."""
        column = build_localized_fieldname(name, language.code) if language and not self.is_page else name
        label = self._label(name)
        if language and not self.is_page:
            label = f"{label}{in_brackets(language.label)}"
        if kind:
            kind = str(self.item._meta.get_field(name).stream_block.child_blocks[kind].label)
        return Place(column, label, block, number, kind)

    def _passages(self, language: Language) -> Iterator[Passage]:
        kind = type(self.item)
        pieces = pieces_of_page(kind, self.content) if self.is_page else pieces_of_record(kind, self.content, language)
        numbers: dict[str, int] = {}
        for piece in pieces:
            if piece.kind:
                numbers[piece.field] = numbers.get(piece.field, 0) + 1
            lines = piece.text.split("\n")
            text = "\n".join(line for line in lines if not line.startswith(REFERENCE))
            references = tuple(line.removeprefix(REFERENCE) for line in lines if line.startswith(REFERENCE))
            if text.strip() or references:
                place = self.place(piece.field, language, piece.block, numbers.get(piece.field, 0), piece.kind)
                yield Passage(place, language, text, references)

    def _label(self, name: str) -> str:
        try:
            entry = self.item._meta.get_field(name)
        except FieldDoesNotExist:
            return name
        label = getattr(entry, "verbose_name", None) or entry.related_model._meta.verbose_name_plural
        return capfirst(str(label))
