"""The analysis of text: what is the same to a searcher, and which tokens stand in the index."""

import threading

import pytest

from core.folding import fold, fold_with_places
from search.analysis import MAX_STREAM_BYTES, full_pinyin, initials_of, name_tokens, stem, stream, tokens
from search.expressions import All, Any, Phrase, Prefix, holds, simplified


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("燕山大學", "燕山大学"),
        ("臺灣裡", "台湾里"),
        ("ＣＡＳＴ２０２３", "cast2023"),
        ("Zürich Café", "zurich cafe"),
        ("yànshān dàxué", "yanshan daxue"),
        ("離岸（基地）", "离岸(基地)"),
        ("海\u200b智\u202e计划", "海智计划"),
        ("Straße", "strasse"),
    ],
)
def test_width_case_accents_and_traditional_characters_make_no_difference(written, folded):
    assert fold(written) == folded


@pytest.mark.parametrize("text", ["燕山大学", "离岸…基地", "ﬁne 基地", "a\u200bb", "㎡ é ß", ""])
def test_every_folded_character_knows_where_it_stood(text):
    folded, places = fold_with_places(text)

    assert folded == fold(text)
    if places is None:
        assert len(folded) == len(text)
    else:
        assert places[-1] == len(text)
        assert all(fold(text[places[at]])[:1] in folded for at in range(len(folded)))


def test_a_chinese_run_becomes_its_pairs_and_its_last_character():
    assert list(tokens("燕山大学")) == ["燕山", "山大", "大学", "学"]


def test_english_words_become_stems_and_numbers_stay():
    assert list(tokens("Universities running 35 bases")) == ["universiti", "run", "35", "base"]


def test_what_a_database_does_not_know_is_spelt_by_code_points():
    found = list(tokens("наука \U00030000\U00030001"))

    assert all(token.isascii() and token.isalnum() for token in found)
    assert len(found) == 3


def test_a_name_is_suggested_by_its_pinyin_from_each_character_on():
    found = set(name_tokens("燕山大学"))

    assert {"yanshandaxue", "shandaxue", "daxue", "ysdx", "sdx"} <= found


def test_pinyin_is_plain():
    assert full_pinyin("重庆女子") == "chongqingnuzi"
    assert initials_of("燕山大学") == "ysdx"


def test_an_endless_text_is_cut_where_postgresql_would_refuse_it():
    kept = stream(iter(["海智"] * 400_000))

    assert len(kept.encode()) <= MAX_STREAM_BYTES
    assert set(kept.split()) == {"海智"}


def test_threads_do_not_share_a_stemmer():
    words = [f"{letter}running" for letter in "abcdefghijklmnopqrstuvwxyz"] * 20
    wrong = []

    def check():
        wrong.extend(word for word in words if stem.__wrapped__(word) != word.removesuffix("ning"))

    threads = [threading.Thread(target=check) for _number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert not wrong


def test_a_phrase_is_found_only_in_its_order():
    text = stream(tokens("燕山大学获认定"))

    assert holds(Phrase(("燕山", "山大")), text)
    assert not holds(Phrase(("山大", "燕山")), text)
    assert holds(Prefix("获"), text)
    assert holds(Any((Phrase(("火星",)), Phrase(("认定",)))), text)
    assert not holds(All((Phrase(("火星",)), Phrase(("认定",)))), text)


@pytest.mark.parametrize(
    ("expression", "left"),
    [
        (Any((Phrase(("中国", "国科", "科协")), Phrase(("科协",)))), Phrase(("科协",))),
        (Any((Phrase(("a", "b")), All((Phrase(("a",)), Phrase(("b",)))))), All((Phrase(("a",)), Phrase(("b",))))),
        (Any((Phrase(("a",)), Phrase(("b",)))), Any((Phrase(("a",)), Phrase(("b",))))),
        (Any((Phrase(("燕山",)), Prefix("燕"))), Prefix("燕")),
    ],
)
def test_an_alternative_that_implies_another_is_not_asked(expression, left):
    assert simplified(expression) == left
