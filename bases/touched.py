"""Which lists of bases a change of one touches."""

from collections.abc import Iterator

from bases import tags
from core.watching import Changed

_ORDER = frozenset({"sort_key_zh", "sort_key_en"})
#: What a link to a base shows: its names, its kind and place, how sure these are.
_LINK = ("slug", "short_name", "category", "category_basis", "confidence", "province")
#: What a card in the directory shows besides, and what its facets are of.
_CARD = (*_LINK, "name", "country", "host_type", "year", "year_basis")
_IN_BOTH_LANGUAGES = {"name", "short_name"}


def fields_of(names) -> set[str]:
    """Return the names of the columns of the fields `names`."""
    return {field for name in names for field in ((f"{name}_zh_hans", f"{name}_en") if name in _IN_BOTH_LANGUAGES else (name,))}


LINK, CARD = frozenset(fields_of(_LINK)), frozenset(fields_of(_CARD))


def touched_by_base(changed: Changed) -> Iterator[str]:
    if changed.comes_or_goes or changed.fields & (CARD | _ORDER):
        yield tags.DIRECTORY
    if changed.comes_or_goes or changed.fields & {"slug"}:
        yield from (tags.base_at(base.slug) for base in changed.states)
    if changed.comes_or_goes or changed.fields & {"province"}:
        yield tags.NUMBERS
    if changed.comes_or_goes or changed.fields & {"province", *_ORDER}:
        yield from (tags.bases_of(base.province_id) for base in changed.states)
