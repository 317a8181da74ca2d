import random

from bases.models import Base
from core.languages import LANGUAGES
from news.models import NewsPage
from portal.generating.bases import make_bases
from portal.generating.marks import next_number
from portal.generating.news import make_news
from portal.generating.words import Words

ANOTHER = 1_000_003  # what is added to what was made before is drawn from another seed, far from those that are given


def generate(*, news: int, bases: int, seed: int, indexed: bool = True) -> None:
    """Add live bases and news items in both languages, the same ones for the same `seed` and the same items before them; those
    that are `indexed` are found by search at once, the others after `rebuild_search`."""
    made = next_number(Base) + next_number(NewsPage) - 2
    chance = random.Random(seed + ANOTHER * made)  # noqa: S311 - nothing here is secret
    words = {language: Words(language, chance) for language in LANGUAGES}
    make_bases(bases, chance, words, indexed=indexed)
    make_news(news, chance, words, indexed=indexed)
