"""What a page or a record says in a language, as statements that can be kept, compared and shown."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import models
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import get_all_child_relations
from modeltranslation.manager import get_translatable_fields_for_model
from modeltranslation.utils import build_localized_fieldname
from wagtail.fields import RichTextField, StreamField

from core.languages import Language
from core.models import PortalPage
from editorial.rich_text import REFERENCE, lines_of
from editorial.sentences import sentences
from editorial.streams import blocks_of

#: The words that search alone looks for: each language has its own.
UNREAD = frozenset({"keywords"})


@dataclass(frozen=True)
class Statement:
    """The sentences of a field, or of one block in it: `block` is the block's id and `kind` its type, both "" elsewhere."""

    field: str
    block: str
    kind: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Piece:
    """The text of a field, or of one block in it, as it is written: a line for each of its parts."""

    field: str
    text: str
    block: str = ""
    kind: str = ""


def as_json(text: list[Statement]) -> list:
    """Return `text` as lists that JSON holds, to be read by from_json."""
    return [[entry.field, entry.block, entry.kind, list(entry.sentences)] for entry in text]


def from_json(stored: list) -> list[Statement]:
    return [Statement(field, block, kind, tuple(parts)) for field, block, kind, parts in stored]


def text_of_page(page_type: type, content: dict) -> list[Statement]:
    """Return what a page of `page_type` says; `content` is that of its revision, or its serializable_data()."""
    return _stated(pieces_of_page(page_type, content))


def text_of_record(record_type: type, content: dict, language: Language) -> list[Statement]:
    """Return what a record says in `language`; `content` is that of its revision, or its serializable_data()."""
    return _stated(pieces_of_record(record_type, content, language))


def pieces_of_page(page_type: type, content: dict) -> Iterator[Piece]:
    """Yield what is written in the fields of a page, in their order."""
    for field in fields_of(page_type):
        yield from _field(field, content)


def pieces_of_record(record_type: type, content: dict, language: Language) -> Iterator[Piece]:
    """Yield what is written in the fields of a record in `language`."""
    yield from _translated(record_type, content, language)
    for relation in get_all_child_relations(record_type):
        if get_translatable_fields_for_model(relation.related_model):
            for child in content.get(relation.get_accessor_name()) or ():
                parts = [piece.text for piece in _translated(relation.related_model, child, language) if piece.text]
                yield Piece(relation.get_accessor_name(), "\n".join(parts))


def fields_of(page_type: type) -> list:
    """Return the fields and child relations of a page type that readers read, the title first, then in their order."""
    title = page_type._meta.get_field("title")
    columns = [field for field in page_type._meta.local_fields if _is_read(field)]
    relations = [entry for entry in get_all_child_relations(page_type) if entry.related_model._meta.app_label != "wagtailcore"]
    choices = [field for field in page_type._meta.local_many_to_many if isinstance(field, ParentalManyToManyField)]
    shared = [page_type._meta.get_field(name) for name in ("seo_title", "search_description")]
    return [title, *columns, *relations, *choices, *shared]


def _is_read(field) -> bool:
    if field.name in UNREAD:
        return False
    return isinstance(field, (StreamField, models.CharField, models.TextField)) or (
        isinstance(field, models.ForeignKey) and field.related_model is not None and not field.remote_field.parent_link
    )


def _field(field, content: dict) -> Iterator[Piece]:
    if isinstance(field, models.ManyToOneRel):
        name = field.get_accessor_name()
        for child in content.get(name) or ():
            parts = [
                f"{_reference(part, child)}" for part in field.related_model._meta.local_fields if _is_child_text(part, field)
            ]
            yield Piece(name, "\n".join(filter(None, parts)))
        return
    value = content.get(field.name)
    if isinstance(field, StreamField):
        for block_id, kind, text in blocks_of(field.stream_block, value):
            yield Piece(field.name, text, block_id, kind)
    elif isinstance(field, models.ManyToManyField):
        model = field.related_model._meta.label_lower
        for key in sorted(value or (), key=str):
            yield Piece(field.name, f"{REFERENCE}{model}:{key}")
    elif isinstance(field, RichTextField):
        yield Piece(field.name, lines_of(str(value or "")))
    else:
        yield Piece(field.name, _reference(field, content))


def _is_child_text(part, relation) -> bool:
    own = part.primary_key or part.name in {relation.field.name, "sort_order"}
    return not own and isinstance(part, (models.CharField, models.TextField, models.DateField, models.ForeignKey))


def _reference(field, content: dict) -> str:
    """Return the value of a plain field as text; of a key that there is something, and what."""
    value = content.get(field.name)
    if value in (None, ""):
        return ""
    return f"{REFERENCE}{field.related_model._meta.label_lower}:{value}" if field.is_relation else str(value)


def _translated(model: type, content: dict, language: Language) -> Iterator[Piece]:
    for name in get_translatable_fields_for_model(model):
        yield Piece(name, str(content.get(build_localized_fieldname(name, language.code)) or ""))


def _stated(pieces: Iterator[Piece]) -> list[Statement]:
    said = ((piece, sentences(piece.text)) for piece in pieces)
    return [Statement(piece.field, piece.block, piece.kind, tuple(parts)) for piece, parts in said if parts]


def is_paired_page(model: type) -> bool:
    """Return whether pages of `model` have a counterpart in the other language."""
    return issubclass(model, PortalPage)
