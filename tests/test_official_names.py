"""The register of official names: where names are found in texts, what it refuses, and who finds what in it."""

import json
import time

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.urls import reverse

from core.languages import CHINESE, LANGUAGES
from editorial.checks.grades import Grade
from editorial.checks.running import findings
from editorial.models import Pair
from search.models import UnfoundQuery
from search.vocabulary import vocabulary
from terminology.matching import Matcher
from terminology.models import Name
from terminology.register import Register, current_register
from tests.factories import make_base, make_news
from tests.signing_in import client_of

SOURCE = {"kind": Name.Kind.ORGANISATION, "source": "来源"}
NAMES = [
    Name(
        chinese="中国科学技术协会",
        chinese_forms="中国科协",
        chinese_variants="中国科协会\n中科协",
        english="China Association for Science and Technology",
        english_forms="CAST",
        english_variants="China Association of Science and Technology",
    ),
    Name(chinese="海智计划", english="HOME Program", english_variants="HOME Programme\nHaizhi Program"),
    Name(chinese="海智计划特聘专家", english="HOME Program distinguished expert", chinese_variants="海智特聘人才"),
    Name(chinese="福州", english="Fuzhou", english_variants="Foochow"),
    Name(chinese="抚州", english="Fuzhou"),
    Name(chinese="西安", english="Xi'an", english_variants="Sian"),
    Name(chinese="智计划书", chinese_variants="科协海智"),
    Name(chinese="FCPAE", english="FCPAE"),
]


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Register(NAMES).matcher


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("由中国科协主办", ["中国科协"]),
        ("中国科学技术协会（中国科协）", ["中国科学技术协会", "中国科协"]),
        ("中國科學技術協會", ["中國科學技術協會"]),
        ("ＣＡＳＴ和中国科协", ["ＣＡＳＴ", "中国科协"]),
        ("中国科协会同有关部门", ["!中国科协会"]),
        ("中科协海外工作", ["!中科协"]),
        ("海智计划特聘专家名单", ["海智计划特聘专家"]),
        ("海智特聘人才与海智计划", ["!海智特聘人才", "海智计划"]),
        ("中国科协海智计划", ["中国科协", "海智计划"]),  # neither 科协海智 nor 智计划书: parts of what is longer
        ("the HOME Program of CAST", ["HOME Program", "CAST"]),
        ("The HOME Programme", ["!HOME Programme"]),
        ("the home\u00a0 \n programme.", ["!home\u00a0 \n programme"]),
        ("HOME Programs and CASTLE, broadCAST", []),
        ("CAST’s members", ["CAST"]),
        ("“CAST”海智基地", ["CAST"]),
        ("在CAST的支持下", ["CAST"]),
        ("China Association  of Science and Technology", ["!China Association  of Science and Technology"]),
        ("Xi’an and Sian, Asian", ["Xi’an", "!Sian"]),
        ("FOOCHOW 与 Fúzhōu", ["!FOOCHOW", "Fúzhōu"]),
        ("https://www.cast.org.cn/, cast@example.org, cast.pdf", []),
        ("members of CAST. CAST.", ["CAST", "CAST"]),
        ("ﬁrst HOME Program", ["HOME Program"]),
        ("", []),
        ("　\n", []),
    ],
)
def test_names_are_found_as_they_are_written(matcher, text, found):
    """A variant not to be used is marked with an exclamation mark."""
    matches = matcher.find(text)

    assert [("" if match.is_correct else "!") + text[match.start : match.end] for match in matches] == found


def test_names_written_alike_are_all_meant(matcher):
    (match,) = matcher.find("in Fuzhou")

    assert {designation.name.chinese for designation in match.designations} == {"福州", "抚州"}


def test_a_long_page_is_searched_for_5000_names_at_once():
    names = [
        Name(chinese=f"第{chr(0x4E00 + at)}{chr(0x5000 + at)}研究院", english=f"Institute {at} of Research")
        for at in range(5000)
    ]
    matcher = Register(names).matcher
    text = "海智计划面向海外科技人才，由研究院承办，Institute 17 of Research takes part. " * 300

    durations = []
    for _time in range(3):
        start = time.perf_counter()
        found = matcher.find(text[:20_000])
        durations.append(time.perf_counter() - start)
    assert len(found) > 200
    assert min(durations) < 0.25


@pytest.mark.parametrize(
    ("values", "field", "part"),
    [
        ({"chinese_variants": "中国科协"}, "chinese_variants", "“中国科协”已属于“中国科学技术协会"),
        ({"chinese": "ＨＯＭＥ programme"}, "chinese", "不得使用的写法"),
        ({"english_forms": "home Programme"}, "english_forms", "是“海智计划 = HOME Program”不得使用的写法"),
        ({"chinese_forms": "某机构"}, "chinese_forms", "重复出现"),
        ({"english": "Some Body", "english_variants": "some  body"}, "english_variants", "重复出现"),
        ({"chinese": "某"}, "chinese", "过短"),
        ({"chinese": "——"}, "chinese", "过短"),
        ({"english_is_official": True}, "english", "没有填写英文名称"),
        ({"source": ""}, "source", ""),
        ({"as_of": "2023-13"}, "as_of", "2023-13"),
        ({"kind": "thing"}, "kind", "thing"),
        ({"chinese": "海智计划"}, "chinese", ""),
    ],
)
def test_what_contradicts_the_register_is_refused_at_its_field(portal, values, field, part):
    with pytest.raises(ValidationError) as refused:
        Name(**SOURCE | {"chinese": "某机构"} | values).full_clean()

    assert list(refused.value.message_dict) == [field]
    assert part in " ".join(refused.value.message_dict[field])


def test_namesakes_in_one_language_and_the_same_name_in_both_are_no_contradiction(portal):
    for chinese, english in (("福州", "Fuzhou"), ("抚州", "Fuzhou"), ("FCPAE", "FCPAE")):
        name = Name(**SOURCE, chinese=chinese, english=english)
        name.full_clean()
        name.save()


def test_the_register_is_read_again_after_each_change_and_only_then(portal, django_assert_num_queries):
    name = Name.objects.create(**SOURCE, chinese="某机构", chinese_variants="某单位")
    assert current_register().matcher.find("由某单位主办")
    connection.run_on_commit.clear()  # as after a commit
    current_register()
    with django_assert_num_queries(0):
        current_register()

    name.chinese_variants = "某部门"
    name.save()
    assert not current_register().matcher.find("由某单位主办")
    assert current_register().matcher.find("由某部门主办")
    name.delete()
    assert not current_register().matcher.find("由某部门主办")


def test_pinyin_is_made_and_follows_the_name_unless_it_was_written_by_hand(portal, staff):
    client = client_of(staff("chief-editor"))
    values = {"kind": "place", "chinese": "重庆", "source": "来源"}
    client.post(reverse("wagtailsnippets_terminology_name:add"), values)
    name = Name.objects.get(chinese="重庆")
    assert name.pinyin == "chóng qìng"

    edit = reverse("wagtailsnippets_terminology_name:edit", args=(name.pk,))
    client.post(edit, values | {"chinese": "厦门", "pinyin": name.pinyin})
    name.refresh_from_db()
    assert name.pinyin == "xià mén"
    client.post(edit, values | {"chinese": "厦门", "pinyin": "Xiàmén"})
    name.refresh_from_db()
    assert name.pinyin == "Xiàmén"


@pytest.mark.parametrize(
    "typed", ["燕山大", "燕山大學", "yanshan", "ysdx", "Yanshan Univ", "HOME Programme", "China Association of Science"]
)
def test_a_writer_looks_a_name_up_by_chinese_pinyin_english_or_a_variant(portal, staff, typed):
    listed = client_of(staff("writer")).get(reverse("wagtailsnippets_terminology_name:list"), {"q": typed}).content.decode()

    expected = {"HOME Programme": "HOME Program", "China Association of Science": "中国科学技术协会"}.get(
        typed, "Yanshan University"
    )
    assert expected in listed
    assert "苏州工业园区" not in listed


def test_a_reviewer_reads_an_entry_with_all_that_is_known_of_it(portal, staff):
    name = Name.objects.get(chinese="海智计划")

    page = client_of(staff("reviewer")).get(reverse("wagtailsnippets_terminology_name:inspect", args=(name.pk,)))

    assert "from Overseas Program · Haizhi Plan" in page.content.decode()
    assert "HOME Programme" in page.content.decode()
    assert name.source_url in page.content.decode()


def finds(client, query: str) -> bool:
    return b'<article class="hit">' in client.get("/zh/search/", {"q": query}).content


def test_search_knows_the_register_and_follows_it(portal, client):
    assert not finds(client, "独角大学")

    name = Name.objects.create(**SOURCE, chinese="燕山大学分校", chinese_forms="燕山大学", chinese_variants="独角大学")
    assert finds(client, "独角大学")

    name.chinese_variants = ""
    name.save()
    assert not finds(client, "独角大学")
    name.chinese_variants = "独角大学"
    name.save()
    assert finds(client, "独角大学")
    name.delete()
    assert not finds(client, "独角大学")
    assert UnfoundQuery.objects.filter(text="独角大学", language=CHINESE.code).exists()


def test_readers_find_by_a_variant_and_are_offered_none(portal, client):
    assert finds(client, "HOME Programme")

    assert "HOME Program" in vocabulary().like("HOME Programmm", 10)
    assert "HOME Programme" not in vocabulary().like("HOME Programmm", 10)


def test_the_checks_name_a_variant_with_its_place_and_the_official_name(portal):
    chinese, english = make_news(
        1, body=json.dumps([{"type": "paragraph", "value": "<p>据HOME Programme消息。</p>", "id": "one"}])
    )
    Name.objects.create(**SOURCE, chinese="某机构", chinese_variants="某某单位")
    chinese.title = "某某单位与某机构"

    found = [finding for finding in findings(chinese) if "正式名称" in finding.message]

    assert [(finding.marked, finding.message, finding.grade) for finding in found] == [
        ("某某单位", "“某某单位”的正式名称是“某机构”", Grade.WARNS),
        ("HOME Programme", "“HOME Programme”的正式名称是“HOME Program”", Grade.WARNS),
    ]
    assert [finding.place.anchor for finding in found] == ["#id_title", "#block-one-section"]
    base = make_base(1, name_en="A base of the HOME Programme")
    assert any(finding.marked == "HOME Programme" for finding in findings(base))
    assert not [finding for finding in findings(english) if finding.marked == "HOME Program"]


def test_the_starter_texts_use_no_variant(portal):
    matcher = current_register().matcher
    said = (pair.says(language) for pair in Pair.objects.all() for language in LANGUAGES)
    sentences = [part for text in said for statement in text for part in statement.sentences]

    assert [part for part in sentences for match in matcher.find(part) if not match.is_correct] == []
