"""Where a base stands: its tile among the provinces, the bases of its province, and the nearest ones elsewhere."""

import math
from dataclasses import dataclass

from django.db.models import BooleanField, Count, ExpressionWrapper, Q

from bases.models.base import Base
from bases.models.province import Province
from bases.tags import NUMBERS, bases_of
from core.dependencies import narrowed

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
    """`neighbours` are in the province of the base, `nearest` in the provinces around it, `related` are named by editors."""

    atlas: SmallAtlas
    neighbours: list[Base]
    nearest: list[Base]
    related: list[Base]


def surroundings_of(base, language) -> Surroundings:
    """Return what stands around `base`, in two queries."""
    with narrowed(NUMBERS, Province._meta.db_table, aspect=None):
        provinces = list(Province.objects.annotate(number=Count("bases", filter=Q(bases__live=True))))
    around = _provinces_around(base, provinces)
    # A condition within the query; for a base that is being edited its unsaved relations give a plain list.
    is_related = Q(pk__in=base.related_bases.values_list("id", flat=True) if base.pk else [])
    places = [province.pk for province in around] + ([base.province_id] if base.province_id else [])
    bases = Base.objects.live().for_cards().filter(is_related | Q(province__in=places)).exclude(pk=base.pk)
    bases = bases.annotate(is_related=ExpressionWrapper(is_related, output_field=BooleanField()))
    with narrowed(*map(bases_of, places), aspect="link"):  # the related ones are part of the base
        found = list(bases.by_name(language))
    neighbours = [entry for entry in found if base.province_id and entry.province_id == base.province_id]
    elsewhere = [entry for entry in found if entry not in neighbours]
    order = {province.pk: place for place, province in enumerate(around)}
    nearest = sorted(
        (entry for entry in elsewhere if entry.province_id in order and not entry.is_related),
        key=lambda entry: order[entry.province_id],
    )
    return Surroundings(
        _small_atlas(base, provinces),
        neighbours,
        nearest[:FEW] if len(neighbours) < FEW else [],
        [entry for entry in elsewhere if entry.is_related],
    )


def _provinces_around(base, provinces: list[Province]) -> list[Province]:
    """Return the nearest provinces that together have FEW bases or more, by their seats of government; none for a base abroad
    or with neighbours enough."""
    own = next((province for province in provinces if province.pk == base.province_id), None)
    if own is None or own.number > FEW:
        return []
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
