"""What counts as a change of a text, where it is, and how grave it is."""

import json
import random

import pytest

from core.languages import CHINESE, ENGLISH
from editorial.drift import changes, worst
from editorial.gravity import Gravity, gravity_of
from editorial.sentences import fingerprint, sentences
from editorial.texts import Statement, as_json, from_json, text_of_page, text_of_record
from news.models import NewsPage

CHINESE_TEXT = (
    "2023年3月6日，燕山大学海智工作站在秦皇岛揭牌。来自12个国家的1,200名专家参加，增长-5.5%。校长赵险峰教授致辞！"
    "“海智计划”（HOME Program）已有150余家基地；详见https://www.example.org/a?b=1。"
)
ENGLISH_TEXT = (
    "On 6 March 2023 the HOME base of Yanshan University was unveiled in Qinhuangdao. Some 1,200 experts from twelve "
    "countries attended; growth was -5.5%. Dr. Zhao Xianfeng spoke! See https://www.example.org/a?b=1 or write to a@b.cn."
)
COUNTING = "海智基地数据甲乙丙abcXYZ0123456789%℃＋€é"


@pytest.mark.parametrize(
    ("text", "count"), [(CHINESE_TEXT, 5), (ENGLISH_TEXT, 4), ("", 0), ("\n \n", 0), ("One line\nanother", 2), ("…", 1)]
)
def test_a_text_falls_into_sentences_of_which_none_is_lost(text, count):
    found = sentences(text)

    assert len(found) == count
    assert fingerprint("".join(found)).replace("\x1f", "") == fingerprint(text).replace("\x1f", "")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("揭牌，仪式举行。", "揭牌, 仪式举行 ."),
        ("HOME Program", "ＨＯＭＥ　Program"),
        ("1,200 experts", "1200 experts"),
        ("增长5％", "增长 5 %"),
        ("2016-2020", "2016–2020"),
        ("2016年—2020年", "2016年-2020年"),
        ("“海智”", "'海智'"),
    ],
)
def test_punctuation_spacing_and_width_do_not_count(one, other):
    assert fingerprint(one) == fingerprint(other)
    assert gravity_of(one, other) == Gravity.NONE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1.5", "15"),
        ("10²", "102"),
        ("12 3", "1 23"),
        ("-5℃", "5℃"),
        ("气温为−5", "气温为5"),
        ("5%", "5"),
        ("5%", "5‰"),
        ("1,20", "120"),
        ("http://a.cn/?b", "http://a.cn/b"),
        ("a.b@example.org", "ab@example.org"),
        ("三家基地", "五家基地"),
        ("three bases", "five bases"),
        ("in March", "in May"),
        ("在星期一", "在星期二"),
        ("met Zhao there", "met Qian there"),
        ("he saw NASA", "he saw ESA"),
        ("《办法》", "《细则》"),
        ("赵险峰教授", "赵险锋教授"),
        ("→bases.base:1", "→bases.base:2"),
    ],
)
def test_numbers_dates_names_and_addresses_are_grave(one, other):
    assert gravity_of(one, other) == Gravity.GRAVE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("基地在此揭牌", "基地在此成立"),
        ("这是一种做法", "这是多种做法"),
        ("The base was opened.", "The base was unveiled."),
        ("→core.portalimage:1", "→core.portalimage:2"),
    ],
)
def test_other_wording_is_ordinary(one, other):
    assert gravity_of(one, other) == Gravity.ORDINARY


def test_a_name_that_the_portal_knows_is_grave():
    before, after = "会议在秦皇岛举行", "会议在石家庄举行"

    assert gravity_of(before, after) == Gravity.ORDINARY
    assert gravity_of(before, after, {"秦皇岛", "石家庄"}) == Gravity.GRAVE


def text(*blocks: str) -> list[Statement]:
    return [Statement("body", str(number), "paragraph", tuple(sentences(block))) for number, block in enumerate(blocks)]


def test_a_change_names_its_sentence_before_and_after():
    (change,) = changes(text(CHINESE_TEXT), text(CHINESE_TEXT.replace("1,200", "1,300")))

    assert change.gravity == Gravity.GRAVE
    assert [change.before, change.after] == [
        ("来自12个国家的1,200名专家参加，增长-5.5%。",),
        ("来自12个国家的1,300名专家参加，增长-5.5%。",),
    ]
    assert change.places == ((0, 1),)


def test_blocks_split_and_merged_or_sentences_cut_anew_are_no_change():
    first, second = CHINESE_TEXT.split("校长")

    assert changes(text(CHINESE_TEXT), text(first, "校长" + second)) == []
    assert changes(text(first, "校长" + second), text(CHINESE_TEXT.replace("。来自", "，来自"))) == []


def test_a_sentence_that_moves_is_ordinary_and_one_that_goes_is_weighed():
    one, two, three = "甲2023年揭牌。", "乙来了。", "丙有5家。"

    assert worst(changes(text(one, two, three), text(two, three, one))) == Gravity.ORDINARY
    assert worst(changes(text(one, two), text(two))) == Gravity.GRAVE
    assert worst(changes(text(one, two), text(one))) == Gravity.ORDINARY
    assert changes(text(one), [])[0].near is None


def spoiled(draw: random.Random, original: str) -> str:
    """Return `original` with one counting character put in, taken out or changed."""
    place = draw.choice([number for number, letter in enumerate(original) if letter.isalnum()])
    letter = draw.choice([each for each in COUNTING if each != original[place]])
    put_in = original[:place] + letter + original[place:]
    return draw.choice([put_in, original[:place] + original[place + 1 :], original[:place] + letter + original[place + 1 :]])


@pytest.mark.parametrize("original", [CHINESE_TEXT, ENGLISH_TEXT])
def test_no_edit_by_lot_passes_unseen(original):
    draw = random.Random(5)
    unseen = []
    for _time in range(1_500):
        edited = original
        for _edit in range(draw.randint(1, 3)):
            edited = spoiled(draw, edited)
        kept = "".join(letter for letter in original if letter.isalnum()) == "".join(filter(str.isalnum, edited))
        if not kept and not changes(text(original), text(edited)):
            unseen.append(edited)
    assert unseen == []


BLANKS = (" ", "  ", "\n", "\u3000", "\u00a0", "\u200b")
SAME = {"，": ",", "。": "！", "“": "「", "”": "」", "（": "(", "）": ")", "；": "，", "2": "２", "H": "Ｈ"}


@pytest.mark.parametrize("original", [CHINESE_TEXT, ENGLISH_TEXT])
def test_no_edit_of_spacing_punctuation_or_width_counts(original):
    draw = random.Random(6)
    seen = []
    for _time in range(500):
        letters = []
        for place, letter in enumerate(original):
            within = original[place - 1 : place + 1].isascii() and place  # a blank within a number or address changes it
            letters.append(draw.choice(BLANKS) if not within and draw.random() < 0.1 else "")
            is_in_address = "http" in original[max(0, place - 40) : place]
            letters.append(SAME.get(letter, letter) if not is_in_address and draw.random() < 0.3 else letter)
        edited = "".join(letters)
        if found := changes(text(original), text(edited)):
            seen.append((edited, found))
    assert seen == []


def shuffled(draw: random.Random, tree):
    """Return parsed JSON with the keys of its objects in another order."""
    if isinstance(tree, dict):
        return {key: shuffled(draw, tree[key]) for key in draw.sample(list(tree), len(tree))}
    return [shuffled(draw, entry) for entry in tree] if isinstance(tree, list) else tree


def test_a_page_says_the_same_however_its_json_is_written(portal):
    draw = random.Random(7)
    for page in NewsPage.objects.select_related("latest_revision"):
        content = page.latest_revision.content
        said = text_of_page(NewsPage, content)
        body = shuffled(draw, json.loads(content["body"]))
        other = shuffled(draw, content) | {"body": json.dumps(body, indent=2)}

        assert {statement.field for statement in said} >= {"title", "date", "body"}
        assert text_of_page(NewsPage, other) == said
        assert text_of_page(NewsPage, page.serializable_data()) == said
        assert from_json(json.loads(json.dumps(as_json(said)))) == said


def test_every_kind_of_block_is_read(portal):
    body = [
        ("heading", {"text": "标题", "level": "2"}),
        ("paragraph", '<p>一段<b>粗</b>字<sup>2</sup>。</p><ul><li><a linktype="page" id="3">链接</a></li></ul>'),
        ("figure", {"image": 7, "caption": "图注"}),
        ("table", {"columns": [{"type": "text", "heading": "列"}], "rows": [{"values": ["格"]}], "caption": "表题"}),
        ("timeline", {"title": "", "entries": [{"type": "item", "value": {"date": "2023", "text": "事"}, "id": "x"}]}),
        ("dated_figure", 5),
        ("documents", {"title": "", "documents": [{"type": "item", "value": 4, "id": "y"}]}),
        ("related_links", {"title": "", "links": [{"type": "item", "value": {"page": 6, "title": "外"}, "id": "z"}]}),
    ]
    stored = json.dumps([{"type": kind, "value": value, "id": f"b{place}"} for place, (kind, value) in enumerate(body)])

    said = [entry for entry in text_of_page(NewsPage, {"title": "题", "body": stored}) if entry.field == "body"]

    assert [(entry.block, entry.kind) for entry in said] == [(f"b{place}", kind) for place, (kind, _value) in enumerate(body)]
    assert [entry.sentences for entry in said] == [
        ("标题", "2"),
        ("一段粗字^2。", "链接", "→wagtailcore.page:3"),
        ("→core.portalimage:7", "图注"),
        ("表题", "列", "格"),
        ("2023", "事"),
        ("→programs.figure:5",),
        ("→wagtaildocs.document:4",),
        ("外", "→wagtailcore.page:6"),
    ]


@pytest.mark.parametrize("body", ["", "[", "{}", "[1, null]", '[{"type": "table", "value": 3}, {"type": "unknown"}]', None, 4])
def test_broken_content_says_nothing_and_breaks_nothing(body):
    said = text_of_page(NewsPage, {"body": body})

    assert all(entry.kind == "table" for entry in said)


def test_a_record_says_each_language_by_itself():
    from bases.models import Base

    content = {"name": "x", "name_zh_hans": "名", "name_en": "Name", "evaluations": [{"pk": 1, "result_zh_hans": "合格"}]}

    assert text_of_record(Base, content, CHINESE) == [
        Statement("name", "", "", ("名",)),
        Statement("evaluations", "", "", ("合格",)),
    ]
    assert text_of_record(Base, content, ENGLISH) == [Statement("name", "", "", ("Name",))]
