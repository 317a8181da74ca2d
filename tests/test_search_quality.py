"""The quality of search over the starter content, as judged: the floors below which it must not fall."""

from collections import Counter

import pytest
from django.core.management import call_command

from search.judging import judge, judged_queries, mean

pytestmark = pytest.mark.usefixtures("portal")

RECALL, PRECISION, FIRST = 0.95, 0.95, 0.97
GROUPS = {"names", "words", "run-on", "traditional", "pinyin", "stems", "mixed", "crossing", "misspelt", "nothing"}


def test_enough_is_judged_of_every_kind():
    groups = Counter(judged.group for judged in judged_queries())

    assert sum(groups.values()) >= 120
    assert set(groups) == GROUPS
    assert min(groups.values()) >= 10


def test_search_answers_as_judged():
    judgements = judge(judged_queries())

    assert mean(judgement.recall for judgement in judgements) >= RECALL
    assert mean(judgement.precision for judgement in judgements) >= PRECISION
    assert mean(judgement.is_first_right for judgement in judgements) >= FIRST


def test_the_command_prints_the_figures(capsys):
    call_command("judge_search", faults=True)

    last = next(line for line in capsys.readouterr().out.splitlines() if line.startswith("all")).split()
    assert int(last[1]) == len(judged_queries())
    assert all(0.9 < float(figure) <= 1 for figure in last[2:])
