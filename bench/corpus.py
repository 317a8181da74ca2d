"""Generated pages for benchmarks: Chinese and English news in the words of the starter content, common words being common."""

import json
import random
from itertools import accumulate
from pathlib import Path
from uuid import uuid4

import rjieba
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.models import Page

from core.languages import BY_CODE, CHINESE
from news.models import NewsIndexPage, NewsPage

BATCH = 1000
SENTENCES, WORDS = 14, 16  # of a page, and of a sentence
PAGE_WORDS, RARE_SHARE = 120, 0.85  # different words of a page, and how many of them are none of the starter content's
RARE_WORDS = 30_000
ENGLISH_SHARE = 0.3


class Words:
    """The words of a language with their frequencies in the starter content, and a long tail of rare ones."""

    def __init__(self, suffix: str, chance: random.Random):
        folder = Path(settings.BASE_DIR) / "portal" / "starter"
        text = " ".join(path.read_text(encoding="utf-8") for path in sorted(folder.rglob(f"*.{suffix}.md")))
        self.is_chinese = suffix == CHINESE.prefix
        words = [word for word in (rjieba.cut(text) if self.is_chinese else text.split()) if word.isalpha()]
        rare = [self._rare_word(words, chance) for _number in range(RARE_WORDS)]
        self.chance, self.common, self.rare = chance, words, rare
        self.frequencies = list(accumulate(1 / rank for rank in range(10, RARE_WORDS + 10)))  # as Zipf's law has it

    def _rare_word(self, words, chance) -> str:
        first, second = chance.choice(words), chance.choice(words)
        return first[:1] + second[-1:] if self.is_chinese else first[:3].lower() + second[-3:].lower()

    def of_a_page(self) -> list[str]:
        """Return the words that a page is written in: it has its subject, as a real one has."""
        common = self.chance.choices(self.common, k=round(PAGE_WORDS * (1 - RARE_SHARE)))
        return common + self.chance.choices(self.rare, cum_weights=self.frequencies, k=round(PAGE_WORDS * RARE_SHARE))

    def sentence(self, page_words: list[str], words: int = WORDS) -> str:
        chosen = self.chance.choices(page_words, k=words)
        return "".join(chosen) + "。" if self.is_chinese else " ".join(chosen).capitalize() + "."


def make_pages(number: int, seed: int = 7) -> None:
    """Fill the news lists with `number` live pages, written straight into their tables."""
    chance = random.Random(seed)
    indexes = {index.locale.language_code: index for index in NewsIndexPage.objects.select_related("locale")}
    words = {code: Words(BY_CODE[code].prefix, chance) for code in indexes}
    content_type = ContentType.objects.get_for_model(NewsPage)
    made = dict.fromkeys(indexes, 0)
    for start in range(0, number, BATCH):
        pages = []
        for place in range(start, min(start + BATCH, number)):
            code = "en" if chance.random() < ENGLISH_SHARE else CHINESE.code
            made[code] += 1
            pages.append(_page(indexes[code], words[code], content_type, place, made[code]))
        _insert(pages)
    for code, index in indexes.items():
        Page.objects.filter(pk=index.pk).update(numchild=index.numchild + made[code])


def _page(index, words: Words, content_type, place: int, child: int) -> NewsPage:
    own = words.of_a_page()
    body = "".join(words.sentence(own) for _number in range(SENTENCES))
    return NewsPage(
        title=words.sentence(own, 5).rstrip("。.")[:200],
        slug=f"generated-{place}",
        path=index._get_path(index.path, index.depth + 1, 10_000 + child),
        depth=index.depth + 1,
        url_path=f"{index.url_path}generated-{place}/",
        locale=index.locale,
        translation_key=uuid4(),
        content_type=content_type,
        live=True,
        first_published_at=timezone.now(),
        last_published_at=timezone.now(),
        draft_title="",
        date=f"{2004 + place % 20}-{1 + place % 12:02d}",
        summary=words.sentence(own)[:400],
        body=json.dumps([{"type": "paragraph", "value": f"<p>{body}</p>", "id": str(uuid4())}]),
    )


def _insert(pages: list[NewsPage]) -> None:
    """Insert pages with their parents' rows: bulk_create does not reach models that inherit."""
    parents = [Page(**{field.attname: getattr(page, field.attname) for field in Page._meta.concrete_fields}) for page in pages]
    Page.objects.bulk_create(parents)
    for page, parent in zip(pages, parents, strict=True):
        page.page_ptr_id = page.pk = parent.pk
    manager = NewsPage._base_manager
    manager._insert(pages, fields=NewsPage._meta.local_concrete_fields, using=manager.db)
