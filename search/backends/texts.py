"""What an indexed object gives to the index."""

from dataclasses import dataclass

from django.db.models import Manager
from django.utils.encoding import force_str
from modelsearch.index import AutocompleteField, RelatedFields, SearchField

from search.analysis import name_tokens, stream, tokens

TITLE_BOOST = 2  # what Wagtail gives to the titles of pages; pictures and documents have more


@dataclass(frozen=True)
class Streams:
    """The three streams of tokens kept of an object: of its title (search fields with a boost of 2 or more), of the rest
    of its text, and of the names it is suggested by."""

    title: str
    body: str
    names: str


def streams_of(obj) -> Streams:
    """Analyse what the search fields of `obj` hold."""
    title, body, names = [], [], []
    for field, value in _values(obj, obj.get_search_fields()):
        if isinstance(field, AutocompleteField):
            names.append(value)
        elif (field.boost or 0) >= TITLE_BOOST:
            title.append(value)
        else:
            body.append(value)
    return Streams(
        stream(tokens("\n".join(title))),
        stream(tokens("\n".join(body))),
        stream(name_tokens("\n".join(names))),
    )


def _values(obj, fields):
    for field in fields:
        if isinstance(field, (SearchField, AutocompleteField)):
            yield field, _as_text(field.get_value(obj))
        elif isinstance(field, RelatedFields):
            related = field.get_value(obj)
            related = related() if callable(related) and not isinstance(related, Manager) else related
            for each in related.all() if isinstance(related, Manager) else [related] if related is not None else []:
                yield from _values(each, field.fields)


def _as_text(value) -> str:
    if isinstance(value, dict):
        value = value.values()
    elif isinstance(value, str) or not hasattr(value, "__iter__"):
        return "" if value is None else force_str(value)
    return "\n".join(_as_text(part) for part in value)
