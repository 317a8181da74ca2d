"""Chinese titles get ASCII addresses, sort keys and search texts from their sound."""

import re

import pytest

from bases.models import Base
from core.pinyin import pinyin_search_text, pinyin_slug, pinyin_sort_key


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("第3届大会", "di-3-jie-da-hui"),
        ("燕山大学获批海智计划基地", "yan-shan-da-xue-huo-pi-hai-zhi-ji-hua-ji-di"),
        ("重庆", "chong-qing"),
        ("HOME Program 海智计划", "home-program-hai-zhi-ji-hua"),
        ("“十四五”规划（2021—2025年）", "shi-si-wu-gui-hua-2021-2025-nian"),
        ("A quiet day", "a-quiet-day"),
        ("吕梁", "lv-liang"),
        ("Beijing–Tianjin: the university’s day", "beijing-tianjin-the-universitys-day"),
        ("Zürich", "zurich"),
    ],
)
def test_a_title_gives_a_readable_ascii_slug(title, slug):
    assert pinyin_slug(title) == slug


@pytest.mark.parametrize("title", ["", "———", "！？。", "★☆", "   ", "🎉"])
def test_a_title_of_symbols_alone_gives_no_slug(title):
    assert pinyin_slug(title) == ""


def test_a_long_title_is_cut_between_syllables():
    slug = pinyin_slug("海智计划基地" * 20)

    assert len(slug) <= 80
    assert pinyin_slug("海智计划基地" * 20, max_length=1000).startswith(slug + "-")


@pytest.mark.parametrize("max_length", [1, 5, 12, 80])
def test_a_slug_is_never_longer_than_asked_for(max_length):
    slug = pinyin_slug("Internationalisation" * 6, max_length=max_length)

    assert 0 < len(slug) <= max_length
    assert not slug.endswith("-")


def test_sorting_by_pinyin_goes_by_syllable_and_then_by_tone():
    names = ["燕山", "安徽", "阿坝", "妈", "麻", "马", "骂", "安吉"]

    assert sorted(names, key=pinyin_sort_key) == ["阿坝", "安徽", "安吉", "妈", "麻", "马", "骂", "燕山"]


def test_sort_keys_hold_only_what_every_database_compares_alike(portal):
    keys = [key for pair in Base.objects.values_list("sort_key_zh", "sort_key_en") for key in pair]

    assert [key for key in keys if not re.fullmatch(r"[a-z0-9]+( [a-z0-9]+)*", key)] == []


def test_a_name_is_found_by_its_full_pinyin_and_its_initials():
    assert pinyin_search_text("燕山大学") == "yanshandaxue ysdx"


@pytest.mark.parametrize("make", [pinyin_sort_key, pinyin_search_text])
def test_derived_texts_fit_their_columns(make):
    assert len(make("海" * 1000, max_length=200)) <= 200
