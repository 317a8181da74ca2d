"""What the checks find in texts, and what they leave alone. What is found stands in [brackets]."""

import json
import re
import time

import pytest
from django.conf import settings
from django.utils import translation

from core.languages import CHINESE, ENGLISH
from core.models import PortalImage
from editorial.checks.doubled import doubled_words
from editorial.checks.grades import Grade
from editorial.checks.merged import merged_words
from editorial.checks.running import findings
from editorial.checks.spacing import broken_spacing
from editorial.checks.untranslated import untranslated_lines
from editorial.checks.widths import mixed_widths
from editorial.models import CheckSettings, ListedWord
from editorial.pairs import page_types, record_types
from programs.models import Figure
from tests.factories import make_milestone, make_news
from tests.matrix.library import picture_file

EXAMPLES = {
    (merged_words, ENGLISH): [
        "a series of innovative work has [beenaccomplished] .",
        "three bases were [newlyfounded] in YSU",
        "Base (Yanshan University) Construction [Planin] accordance with [theChina] Association",
        "Base Management [Measuresand] other rules, [programand] promote",
        "The Zone [hasbeen] authorised by Henan [provinceand] the CAST, [helpHenan] [asan] example",
        "for Overseas [Professionalslaunched] [onthe] day, [internationalcooperation]",
        "[scienceandtechnology]",
        "within, into, therefore, wellbeing, overseas, offshore, interdisciplinary, stakeholders, entrepreneurship",
        "YouTube, LinkedIn, WeChat, PowerPoint, HOME Program, CAST, NGOs, Zhongguancun, Shijingshan, Qinhuangdao",
        "Mr Sutherland, Prof. Anderson, Oakland, Finland, Berlin, Dublin, Toronto, software, thousand, circuits",
        "see https://www.example.org/newlyfounded or newlyfounded@example.org",
    ],
    (merged_words, CHINESE): ["海智计划 HOME Program [beenaccomplished] 一词", "合作机构包括 TransVenture"],
    (broken_spacing, ENGLISH): [
        "After a series of strict selection process[, ,] Yanshan University",
        "has been done[ .] In 2022",
        "06 Mar[ ,] 2023",
        "several[  ]other projects",
        "[ ]An indented line",
        "water treatment[,]modern farming",
        "in the end[.]The next day",
        "Science and Technology[(]CAST) and[ )] more",
        "1,000 people at 10:30; see U.S.A. and e.g. 3.5 %, file.pdf, https://example.org/a,b",
        "The member(s) met … and so on. … Then?",
    ],
    (broken_spacing, CHINESE): [
        "专家[ ，]来自各国[。 ]会议",
        "成[ ]果转化",
        "[　　]段落缩进",
        "二〇二三年[，，]会议[。。]",
        "2023年3月6日，燕山大学 HOME Program 基地（海智计划）揭牌……完",
    ],
    (mixed_widths, CHINESE): [
        "海智论坛[,]中国科协[(]港澳台办公室[)]致辞[;]结束[.]",
        "明确指示[:]要继续推进[!]",
        "[２０２３]年[ＣＡＳＴ]公布",
        "时间：2023年3月6日10:30，CAST（中国科协）批复，见 https://example.org/a,b；3.5%，1,000人。",
        "中国科协(CAST)",
    ],
    (mixed_widths, ENGLISH): [
        "CAST[，]the association[。]",
        "the base [（]YSU[）]",
        "the HOME Program (海智计划，《管理办法》) was launched in [２０２３]",
        "The programme, 海智计划（HOME）, was launched.",
    ],
    (untranslated_lines, ENGLISH): [
        "The meeting in brief\n[会议于2026年11月20日在秦皇岛举行，共有86人参加。]\n海智计划",
        "The HOME Program (海智计划) of CAST\n海智\n见 https://example.org/programme",
    ],
    (untranslated_lines, CHINESE): ["会议于2026年11月20日在秦皇岛举行。"],
    (doubled_words, ENGLISH): [
        "[the the] base and [The the] park",
        "he had had that that, very very, Pago Pago, Lin Lin, in 2022 2022",
        "It was in. In the end",
    ],
    (doubled_words, CHINESE): [
        "燕山大学[的的]基地[在在]河北",
        "[我们我们]要[中国科协中国科协]",
        "常常谢谢人人慢慢，的的确确，是是非非，一个一个，研究研究，考虑考虑，非常非常，哈哈哈哈",
    ],
}


@pytest.mark.parametrize(
    ("rule", "language", "example"), [(*key, text) for key, texts in EXAMPLES.items() for text in texts], ids=lambda value: ""
)
def test_a_rule_finds_what_stands_in_brackets_and_nothing_else(rule, language, example):
    text = re.sub(r"[\[\]]", "", example)
    found = list(rule(text, language))

    for fault in reversed(found):
        text = f"{text[: fault.start]}[{text[fault.start : fault.end]}]{text[fault.end :]}"
    assert text == example
    assert all(fault.message for fault in found)


@pytest.fixture
def page(portal):
    with translation.override("en"):
        yield make_news(1, languages=[ENGLISH])[0]


def edited(page, **values):
    """Return the newest version of `page` with other values, not saved."""
    newest = page.get_latest_revision_as_object()
    for name, value in values.items():
        setattr(newest, name, value)
    return newest


def told(item) -> list[str]:
    return [str(finding) for finding in findings(item)]


def test_texts_as_they_should_be_raise_no_alarm(portal):
    """Every page and record of the starter content, in both languages."""
    items = [item for model in (*page_types(), *record_types()) for item in model._base_manager.all()]

    assert len(items) > 150
    assert {str(item): told(item) for item in items if told(item)} == {}


def test_a_picture_without_words_in_the_texts_language_is_named(page):
    silent = PortalImage.objects.create(title="Hall", file=picture_file(), alt_text_zh_hans="大厅")
    body = [{"type": "figure", "value": {"image": silent.pk, "caption": "A hall"}, "id": "one"}]
    page = edited(page, body=json.dumps(body), lead_image=silent, share_image=silent)

    missing = "the picture “Hall” has no alt text in English; write it in the picture library"
    assert told(page) == [f"Lead picture: {missing}", f"Body, block 1 (Picture): {missing}"]
    assert findings(page)[1].place.anchor == "#block-one-section"

    silent.alt_text_en = "A hall"
    silent.save()
    assert told(page) == []


def test_a_news_item_without_date_or_source_is_not_ready(page):
    assert told(edited(page, date=None, source=" ")) == ["Date: the date is missing", "Source: the source is missing"]


def test_a_record_is_asked_for_its_source_in_each_language(portal):
    translation.activate("en")
    milestone = make_milestone(1, source_en="")

    assert told(milestone) == ["Source (English): the source is missing"]
    assert findings(milestone)[0].place.anchor == "#id_source_en"


def test_the_text_of_a_record_is_read_in_each_language(portal):
    translation.activate("en")
    milestone = make_milestone(1, text_zh_hans="成立了的的确确", text_en="has beenaccomplished")

    assert told(milestone) == ["What happened (English): a blank is missing: “been accomplished”? “has beenaccomplished”"]


def test_links_lead_to_public_pages_of_the_same_language(page):
    chinese, english = make_news(2)
    draft, gone = make_news(3, languages=[ENGLISH], live=False)[0], make_news(4, languages=[ENGLISH])[0]
    links = "".join(f'<a linktype="page" id="{entry.pk}">x</a> ' for entry in (chinese, english, draft, gone))
    own = f'<a href="{settings.BASE_URL}/zh/news/">x</a> <a href="{settings.BASE_URL}/en/news/">x</a>'
    document = '<a linktype="document" id="999999">x</a>'
    page = edited(page, body=json.dumps([{"type": "paragraph", "value": f"<p>{links}{own}{document}</p>", "id": "one"}]))
    gone.delete()

    place = "Body, block 1 (Text)"
    assert told(page) == [
        f"{place}: the page that this leads to was deleted",
        f"{place}: the document that this leads to was deleted",
        f"{place}: readers cannot open the page that this leads to",
        f"{place}: the page “{chinese.title}” is in the other language",
        f"{place}: this leads to the other language of the portal “{settings.BASE_URL}/zh/news/”",
    ]
    assert [finding.is_grave for finding in findings(page)] == [True, True, True, False, False]


def test_a_figure_that_is_not_public_is_no_part_of_a_text(page):
    figure = Figure.objects.first()
    Figure.objects.filter(pk=figure.pk).update(live=False)
    page = edited(page, body=json.dumps([{"type": "dated_figure", "value": figure.pk, "id": "one"}]))

    assert told(page) == ["Body, block 1 (Dated figure): what is shown here is not public yet"]


def test_headings_begin_with_a_section(page):
    headings = [("Part", "3"), ("Section", "2"), ("Part", "3"), (" ", "2")]
    body = [{"type": "heading", "value": {"text": text, "level": level}} for text, level in headings]

    assert told(edited(page, body=json.dumps(body))) == [
        "Body, block 1 (Heading): a subsection stands before any section “Part”",
        "Body, block 4 (Heading): the heading is empty",
    ]


def test_the_sites_own_words_are_found_in_their_language_with_their_own_grade(page):
    ListedWord.objects.create(word="oversea talents", language="en", replacement="overseas talents")
    ListedWord.objects.create(word="绝密", language="zh-hans", grade=Grade.GRAVE)
    ListedWord.objects.create(word="art", language="en")

    page = edited(page, title="Oversea talents start here 绝密")
    assert [(str(finding), finding.is_grave) for finding in findings(page)] == [
        ("Title: “oversea talents” is a word to avoid; write “overseas talents” “Oversea talents start here 绝密”", False)
    ]

    chinese = edited(make_news(5)[0], title="关于绝密的说明")
    assert [(str(finding), finding.is_grave) for finding in findings(chinese)] == [
        ("Title: “绝密” is a word to avoid “关于绝密的说明”", True)
    ]


def test_the_site_chooses_what_follows_from_a_check(page):
    page = edited(page, title="The the base", date=None)
    assert [finding.is_grave for finding in findings(page)] == [True, False]

    CheckSettings.objects.create(grades={"doubled": Grade.GRAVE, "date": Grade.OFF, "of a room that is gone": Grade.GRAVE})
    assert [(finding.place.label, finding.is_grave) for finding in findings(page)] == [("Title", True)]


def test_a_long_text_is_checked_at_once(page, django_assert_max_num_queries):
    """A hundred paragraphs, some 20,000 words; the fastest of three, for the machine may have something else to do."""
    paragraph = "<p>The Zhongguancun base was newlyfounded with partners in Toronto; 海智计划 is run by CAST. </p>" * 12
    page = edited(page, body=json.dumps([{"type": "paragraph", "value": paragraph}] * 100))
    findings(page)

    spent = []
    for _try in range(3):
        begun = time.process_time()
        with django_assert_max_num_queries(12):
            assert len(findings(page)) >= 1200
        spent.append(time.process_time() - begun)
    assert min(spent) < 0.5
