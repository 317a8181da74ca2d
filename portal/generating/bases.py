"""Generated bases, each with both languages in its row."""

import random

from django.utils import timezone

from bases.models import Base, BaseCategory, Province
from core.languages import CHINESE, ENGLISH
from portal.generating.in_step import follow
from portal.generating.marks import SLUG, SOURCE, marked, next_number

YEARS = range(2004, 2026)
ABROAD = 0.04  # share of bases outside China
COUNTRIES = ("CA", "DE", "JP", "US")


def make_bases(number: int, chance: random.Random, words: dict, *, indexed: bool = True) -> None:
    """Add `number` live bases of all kinds in all provinces."""
    categories, provinces = list(BaseCategory.objects.live()), list(Province.objects.all())
    first = next_number(Base)
    bases = [_base(place, chance, words, categories, provinces) for place in range(first, first + number)]
    follow(Base.objects.bulk_create(bases, batch_size=500), indexed=indexed)


def _base(number: int, chance: random.Random, words: dict, categories, provinces) -> Base:
    abroad = chance.random() < ABROAD
    year = chance.choice([None, *YEARS])
    chinese, english = words[CHINESE].of_a_page(), words[ENGLISH].of_a_page()
    name_zh, name_en = words[CHINESE].phrase(chinese, 3), words[ENGLISH].phrase(english, 3)
    base = Base(
        slug=f"{SLUG}{number}",
        name_zh_hans=marked(f"{name_zh}海智计划基地（{number}）", CHINESE)[:200],
        name_en=marked(f"{name_en} HOME Base ({number})", ENGLISH)[:200],
        short_name_zh_hans=marked(f"{name_zh}{number}", CHINESE)[:80],
        short_name_en=marked(f"{name_en} {number}", ENGLISH)[:80],
        category=chance.choice(categories),
        host_type=chance.choice(Base.HostType.values),
        host_zh_hans=words[CHINESE].phrase(chinese, 3),
        host_en=words[ENGLISH].phrase(english, 3)[:200],
        country=chance.choice(COUNTRIES) if abroad else "CN",
        province=None if abroad else chance.choice(provinces),
        year=year,
        year_basis=chance.choice(Base.YearBasis.values) if year else "",
        description_zh_hans=words[CHINESE].text(chinese, 4),
        description_en=words[ENGLISH].text(english, 4),
        source_zh_hans=SOURCE,
        source_en=SOURCE,
        confidence=Base.Confidence.MEDIUM,
        live=True,
        first_published_at=timezone.now(),
        last_published_at=timezone.now(),
    )
    base.derive_sort_keys()
    return base
