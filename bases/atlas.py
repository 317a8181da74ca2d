"""The base atlas: a tile for each province-level unit, with the number of its bases."""

from dataclasses import dataclass

from django.db.models import Count, Q, Subquery
from django.db.models.functions import Coalesce

from bases.directory import ABROAD, Directory, Question
from bases.models.base import Base
from bases.models.province import Province
from bases.tags import NUMBERS
from core.dependencies import narrowed

STEPS = (1, 2, 4)


@dataclass(frozen=True)
class Tile:
    """A province in the atlas; `level` (0 to 3) grows with `count` and sets the tile's tone."""

    province: Province
    count: int
    query: str
    selected: bool = False

    @property
    def level(self) -> int:
        return sum(self.count >= step for step in STEPS)


@dataclass(frozen=True)
class Atlas:
    tiles: list[Tile]
    abroad: int
    abroad_query: str


def directory_atlas(directory: Directory) -> Atlas:
    """Return the atlas of a filtered directory; choosing a tile keeps the other facets."""
    question, counts = directory.question, directory.counts("province")

    def query(code: str) -> str:
        return question.query(province="" if code == question.province else code)

    tiles = [
        Tile(province, counts[province.code], query(province.code), province.code == question.province)
        for province in directory.provinces
    ]
    return Atlas(tiles, counts[ABROAD], query(ABROAD))


def whole_atlas() -> Atlas:
    """Return the atlas of all live bases, in one query."""
    live = Base.objects.live()
    abroad = live.filter(province=None).order_by().values("live").annotate(number=Count("pk")).values("number")
    numbered = Province.objects.annotate(
        number=Count("bases", filter=Q(bases__live=True)), abroad=Coalesce(Subquery(abroad), 0)
    )
    with narrowed(NUMBERS, Province._meta.db_table, aspect=None):
        provinces = list(numbered)
    tiles = [Tile(province, province.number, Question(province=province.code).query()) for province in provinces]
    return Atlas(tiles, provinces[0].abroad if provinces else 0, Question(province=ABROAD).query())
