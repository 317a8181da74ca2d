"""Chinese and English in the words of the starter content, common words being common, with a long tail of rare ones."""

import random
from itertools import accumulate

import rjieba
from django.conf import settings

from core.languages import CHINESE, Language

PAGE_WORDS, RARE_SHARE = 120, 0.85  # different words of a page, and how many of them are none of the starter content's
RARE_WORDS = 30_000
SENTENCE = 16  # words


class Words:
    """The words of a language with their frequencies in the starter content, and rare ones; `chance` draws them."""

    def __init__(self, language: Language, chance: random.Random):
        folder = settings.BASE_DIR / "portal" / "starter"
        files = sorted(folder.rglob(f"*.{language.prefix}.md"))
        text = " ".join(path.read_text(encoding="utf-8") for path in files)
        self.is_chinese = language is CHINESE
        self.chance = chance
        self.common = [word for word in (rjieba.cut(text) if self.is_chinese else text.split()) if word.isalpha()]
        self.rare = [self._rare_word() for _number in range(RARE_WORDS)]
        self.frequencies = list(accumulate(1 / rank for rank in range(10, RARE_WORDS + 10)))  # as Zipf's law has it

    def _rare_word(self) -> str:
        first, second = self.chance.choice(self.common), self.chance.choice(self.common)
        return first[:1] + second[-1:] if self.is_chinese else first[:3].lower() + second[-3:].lower()

    def of_a_page(self) -> list[str]:
        """Return the words that a page is written in: it has its subject, as a real one has."""
        common = self.chance.choices(self.common, k=round(PAGE_WORDS * (1 - RARE_SHARE)))
        return common + self.chance.choices(self.rare, cum_weights=self.frequencies, k=round(PAGE_WORDS * RARE_SHARE))

    def sentence(self, page_words: list[str], words: int = SENTENCE) -> str:
        chosen = self.chance.choices(page_words, k=words)
        return "".join(chosen) + "。" if self.is_chinese else " ".join(chosen).capitalize() + "."

    def phrase(self, page_words: list[str], words: int) -> str:
        """Return a sentence without its stop, as a title is."""
        return self.sentence(page_words, words)[:-1]

    def text(self, page_words: list[str], sentences: int) -> str:
        return ("" if self.is_chinese else " ").join(self.sentence(page_words) for _number in range(sentences))
