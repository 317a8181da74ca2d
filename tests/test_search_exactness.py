"""Both databases find exactly what a reading of every text finds, whatever is asked."""

import random
import re

import pytest
from django.core.management import call_command

from core.folding import HAN, fold
from search.analysis import stream, tokens
from search.expressions import All, Phrase, holds
from search.lookup import Scope, counts
from search.models import Entry
from search.understanding import understand
from search.vocabulary import Vocabulary

pytestmark = pytest.mark.usefixtures("portal")

SUBSTRINGS, HOSTILE = 2_000, 5_000
SIGNS = [*"\"'*()[]{}:^-+~\\/%_&|!<>@#$.,;?=`\x00\x07\n\t \u3000\u200b\u202e\ufeff"]
WORDS = ["AND", "OR", "NOT", "NEAR(", "title:", "rowid", "{body}", "燕山", "海智", "基地", "第3届", "base", "homes", "2023年"]
LETTERS = [*"ab海智基地燕山大学のかЖΩ٣½①Ⅷ㎡ﷺ😀\U00020000\U00030001\u0301"]
CHINESE = re.compile(f"[{HAN}]+")


@pytest.fixture
def texts() -> list[tuple[str, str]]:
    """Every entry's folded text, and its tokens field by field."""
    found = []
    for entry in Entry.objects.all():
        fields = [entry.title, entry.names, entry.summary, entry.text]
        found.append((fold("\n".join(fields)), " \n ".join(stream(tokens(field)) for field in fields)))
    return found


def _answers(expression, folded: str, stored: str) -> bool:
    """Return whether a text answers an expression: Chinese by the characters as they stand, the rest by its tokens."""
    if isinstance(expression, Phrase) and all(len(token) == 2 and CHINESE.fullmatch(token) for token in expression.tokens):
        return expression.tokens[0] + "".join(token[1] for token in expression.tokens[1:]) in folded
    if not hasattr(expression, "parts"):
        return holds(expression, stored)
    check = all if isinstance(expression, All) else any
    return check(_answers(part, folded, stored) for part in expression.parts)


NAMES = Vocabulary()


def _compare(query: str, texts) -> int:
    """Return how often `query` is found, after comparing that with the reading of every text."""
    expression = understand(query, NAMES).expression
    if expression is None:
        return 0
    found = sum(counts(expression, "text", Scope(())).values())
    assert found == sum(_answers(expression, *text) for text in texts), query
    return found


def test_random_parts_of_the_texts_are_found_exactly_where_they_stand(texts):
    chance = random.Random(2023)
    chinese = [run for folded, _stored in texts for run in CHINESE.findall(folded) if len(run) > 1]

    for _number in range(SUBSTRINGS):
        run = chance.choice(chinese)
        length = chance.randint(2, min(12, len(run)))
        start = chance.randint(0, len(run) - length)

        assert _compare(f"“{run[start : start + length]}”", texts) > 0
        _compare(run[start : start + length], texts)


def test_no_string_breaks_the_search_or_finds_otherwise_than_a_reading(texts):
    chance = random.Random(4)

    for _number in range(HOSTILE):
        parts = [chance.choice(chance.choice([SIGNS, WORDS, LETTERS])) for _part in range(chance.randint(1, 9))]
        _compare("".join(parts), texts)


def test_the_end_of_a_very_long_text_is_found_as_its_beginning_is(texts):
    entry = Entry.objects.filter(language="zh-hans").first()
    entry.text = "开篇有言。" + "燕山大学海智计划" * 15_000 + "末尾密语"
    entry.save()
    call_command("update_index", verbosity=0)

    for phrase in ("开篇有言", "末尾密语", "计划末尾密"):
        expression = understand(phrase, NAMES).expression
        assert sum(counts(expression, "text", Scope(())).values()) == 1
