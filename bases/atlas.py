"""The base atlas: a tile for each province-level unit, with the number of its bases."""

from dataclasses import dataclass

from django.db.models import Count

from bases.directory import ABROAD, Directory, Question
from bases.models.base import Base
from bases.models.province import Province

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
    """Return the atlas of all live bases, in two queries."""
    counts = dict(Base.objects.live().order_by().values_list("province_id").annotate(Count("pk")))
    tiles = [
        Tile(province, counts.get(province.code, 0), Question(province=province.code).query())
        for province in Province.objects.all()
    ]
    return Atlas(tiles, counts.get(None, 0), Question(province=ABROAD).query())
