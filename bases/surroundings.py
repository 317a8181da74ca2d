"""Where a base stands: its tile among the provinces, the bases of its province, and the nearest ones elsewhere."""

import math
from dataclasses import dataclass

from django.db.models import Case, Count, Q, When

from bases.models.base import Base
from bases.models.province import Province
from bases.tags import NUMBERS, bases_of
from core.dependencies import narrowed
from core.memory import remembered

SHOWN = 12  # neighbours; the directory has all of a province
FEW = 3  # neighbours; with fewer the page names bases of the nearest provinces
CELL, GAP = 10, 1  # of the small atlas, in units of its drawing
ABROAD_COLUMN, ABROAD_ROW = 1, 7  # the tile that stands apart from the provinces


@dataclass(frozen=True)
class Tile:
    """The upper left corner of a tile of the small atlas, in units of the drawing."""

    x: int
    y: int
    own: bool
    filled: bool


@dataclass(frozen=True)
class SmallAtlas:
    """`tiles` are those of the provinces, `abroad` stands apart; all are squares of `side`, the drawing is one of `size`."""

    tiles: list[Tile]
    abroad: Tile
    side: int = CELL - GAP
    size: int = 8 * CELL


@dataclass(frozen=True)
class Surroundings:
    """`neighbours` are the first SHOWN others of the province; where there are more, `in_province` is the number of all its
    bases, else 0. `nearest` are in the provinces around it, `related` are named by editors."""

    atlas: SmallAtlas
    neighbours: list[Base]
    in_province: int
    nearest: list[Base]
    related: list[Base]


def surroundings_of(base, language) -> Surroundings:
    """Return what stands around `base`, in three queries at most."""
    provinces = remembered("provinces with their numbers", _numbered_provinces)
    own = next((province for province in provinces if province.pk == base.province_id), None)
    others = Base.objects.live().for_cards().by_name(language).exclude(pk=base.pk)
    # For a base that is being edited its unsaved relations give a plain list.
    related = others.filter(pk__in=base.related_bases.values_list("id", flat=True) if base.pk else [])
    with narrowed(aspect="link"):  # they are part of the base
        related = list(related)
    neighbours = []
    if own:
        with narrowed(bases_of(own.pk), aspect="link"):
            neighbours = list(others.filter(province=own.pk)[:SHOWN])
    return Surroundings(
        _small_atlas(base, provinces),
        neighbours,
        own.number if own and own.number > SHOWN + 1 else 0,
        _nearest(own, provinces, others, related) if own and len(neighbours) < FEW else [],
        [entry for entry in related if entry not in neighbours],
    )


def _numbered_provinces() -> list[Province]:
    with narrowed(NUMBERS, Province._meta.db_table, aspect=None):
        return list(Province.objects.annotate(number=Count("bases", filter=Q(bases__live=True))))


def _nearest(own: Province, provinces: list[Province], others, related: list[Base]) -> list[Base]:
    """Return FEW of the bases `others` in the provinces around `own`, the nearest ones first, without the `related` ones."""
    around = [province.pk for province in _provinces_around(own, provinces)]
    order = Case(*(When(province=key, then=place) for place, key in enumerate(around)), default=len(around))
    found = others.filter(province__in=around).exclude(pk__in=[entry.pk for entry in related])
    with narrowed(*map(bases_of, around), aspect="link"):
        return list(found.order_by(order, *found.query.order_by)[:FEW]) if around else []


def _provinces_around(own: Province, provinces: list[Province]) -> list[Province]:
    """Return the provinces nearest to `own` that together have FEW bases or more, by their seats of government."""
    others = [province for province in provinces if province.number and province is not own]
    found, bases = [], 0
    for province in sorted(others, key=lambda other: _distance(own, other)):
        if bases >= FEW:
            break
        found.append(province)
        bases += province.number
    return found


def _distance(one: Province, other: Province) -> float:
    """Return the distance of two seats of government in degrees of latitude, near enough to tell the nearer one."""
    latitude = math.radians(float(one.latitude + other.latitude) / 2)
    east = float(one.longitude - other.longitude) * math.cos(latitude)
    return math.hypot(east, float(one.latitude - other.latitude))


def _small_atlas(base, provinces: list[Province]) -> SmallAtlas:
    tiles = [
        _tile(province.tile_column, province.tile_row, province.pk == base.province_id, bool(province.number))
        for province in provinces
    ]
    return SmallAtlas(tiles, _tile(ABROAD_COLUMN, ABROAD_ROW, base.is_abroad, base.is_abroad))


def _tile(column: int, row: int, own: bool, filled: bool) -> Tile:
    return Tile((column - 1) * CELL, (row - 1) * CELL, own, filled)
