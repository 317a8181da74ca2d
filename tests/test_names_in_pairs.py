"""Official names side by side: a name whose counterpart the other language lacks is marked where it stands, and listed."""

import json

import lxml.html
import pytest
from django.urls import reverse

from core.languages import CHINESE, ENGLISH
from editorial.gravity import Gravity
from editorial.models import Pair
from editorial.pairs import KnownNames
from terminology.models import Name
from tests.factories import make_news
from tests.paired_texts import declared, draft, pair_of

pytestmark = pytest.mark.usefixtures("portal")


def body(*paragraphs: str) -> str:
    return json.dumps([{"type": "paragraph", "value": f"<p>{text}</p>", "id": f"p{at}"} for at, text in enumerate(paragraphs)])


def pair_saying(chinese: str, english: str) -> Pair:
    pages = make_news(1)
    for page, text in zip(pages, (chinese, english), strict=True):
        draft(page, title="…", summary="…", body=body(text))
    return pair_of(pages[0])


def shown(client, pair: Pair):
    return lxml.html.fromstring(client.get(reverse("language_pair", args=(pair.pk,))).content.decode())


def marked(tree) -> list[str]:
    return tree.xpath("//*[@class='pair__name']/text()")


@pytest.mark.parametrize(
    ("chinese", "english", "expected"),
    [
        ("中国科协与燕山大学合作。", "CAST works with Yanshan University.", []),
        ("中国科协与燕山大学合作。", "CAST works with a university.", ["燕山大学"]),
        ("由某协会主办。", "Held by CAST with Yanshan University.", ["CAST", "Yanshan University"]),
        ("中国科学技术协会。中国科协。", "An association.", ["中国科学技术协会", "中国科协"]),
        ("海智计划特聘专家。", "HOME Program distinguished experts.", []),
        ("海智计划特聘专家。", "Experts of the HOME Program.", ["海智计划特聘专家"]),
        ("海智计划。", "The HOME Programme.", ["海智计划"]),
        ("CAST与某大学。", "A university.", []),
        ("<b>中国</b>科协。", "Nothing.", ["中国科协"]),
    ],
)
def test_a_name_without_counterpart_is_marked_where_it_stands(admin_client, chinese, english, expected):
    tree = shown(admin_client, pair_saying(chinese, english))

    assert marked(tree) == expected
    assert len(tree.xpath("//*[@class='pair__name']/following-sibling::*[1][@class='w-sr-only']")) == len(expected)


def test_each_is_listed_once_with_what_is_missing_where_and_a_link_to_its_first_place(admin_client):
    tree = shown(admin_client, pair_saying("海智计划。再说海智计划。", "The HOME Programme."))

    (entry,) = tree.xpath("//section[@aria-labelledby='names-without-counterpart']//li")
    assert "英文文本中没有“HOME Program”" in entry.text_content()
    assert "不规范的写法“HOME Programme”" in entry.text_content()
    (target,) = tree.xpath(f"//*[@id='{entry.xpath('a/@href')[0][1:]}']")
    assert target.text == "海智计划"
    assert len(marked(tree)) == 2


def test_names_within_a_drifted_sentence_are_marked_too(admin_client):
    chinese, _english = make_news(1, body=body("由燕山大学承办，共3天。"))
    declared(pair_of(chinese))
    draft(chinese, body=body("由燕山大学承办，共4天。"))

    tree = shown(admin_client, pair_of(chinese))

    (mark,) = tree.xpath("//mark")
    assert mark.text_content().startswith("由燕山大学")
    assert "燕山大学" in mark.xpath(".//*[@class='pair__name']/text()")


def test_where_a_language_has_no_text_nothing_is_missing_by_name(admin_client):
    (chinese,) = make_news(1, languages=[CHINESE])
    draft(chinese, body=body("中国科协与燕山大学合作。"))

    assert marked(shown(admin_client, pair_of(chinese))) == []


def test_a_name_of_one_language_alone_is_not_missed_in_the_other(admin_client):
    Name.objects.create(kind="post", chinese="某职务", source="来源")

    assert marked(shown(admin_client, pair_saying("任某职务。", "…"))) == []


def test_a_changed_name_of_the_register_is_a_grave_change():
    Name.objects.create(kind="post", chinese="某某岗", source="来源")
    chinese, _english = make_news(1, body=body("由某某岗负责。"))
    declared(pair_of(chinese))

    draft(chinese, body=body("由某人员负责。"))

    assert "某某岗" in set(KnownNames())
    assert pair_of(chinese).behind(ENGLISH) == Gravity.GRAVE
