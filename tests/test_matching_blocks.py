"""Blocks that one language merges or divides: matched by hand, for editors and readers."""

import json
from collections import Counter

import lxml.html
import pytest
from django.urls import reverse
from wagtail.models import PageLogEntry

from audit.chain import append_waiting
from audit.events import Event
from audit.models import Entry
from core.alignment import Block, Tie, aligned
from editorial.linking import unlink
from editorial.models import Pair
from news.models import NewsPage
from tests.factories import make_news
from tests.paired_texts import draft, pair_of
from tests.signing_in import client_of

CHINESE = [("heading", "甲"), ("one", "子丑。"), ("two", "寅。"), ("three", "卯。")]
ENGLISH = [("heading", "A"), ("uno", "Zi."), ("due", "Chou."), ("tre", "Yin. Mao.")]


def body(texts) -> str:
    return json.dumps(
        [
            {"type": "heading", "value": {"text": text, "level": "2"}, "id": name}
            if name == "heading"
            else {"type": "paragraph", "value": f"<p>{text}</p>", "id": name}
            for name, text in texts
        ]
    )


@pytest.fixture
def pages(portal):
    pages = make_news(1)
    for page, texts in zip(pages, (CHINESE, ENGLISH), strict=True):
        page.body = body(texts)
        page.save_revision().publish()
    return pages


def rows(client, address: str, row: str, cell: str) -> list[list[str]]:
    tree = lxml.html.fromstring(client.get(address).content.decode())
    found = [[" ".join(part.xpath(cell)).split() for part in row] for row in tree.xpath(row)]
    return [[words[0] if words else "" for words in row] for row in found]


def seen_by_editors(client, pair: Pair) -> list[list[str]]:
    path = "//tr[contains(@class, 'pair__row')][td]"
    return rows(client, reverse("language_pair", args=(pair.pk,)), path, "text()|mark/text()")[-4:]


def seen_by_readers(client, page) -> list[list[str]]:
    return rows(client, page.url + "side-by-side/", "//div[@class='side-by-side__row'][div]", ".//p//text()")[1:]


def match(client, pair: Pair, **sent):
    return client.post(reverse("match_blocks", args=(pair.pk,)), sent, follow=True)


def test_blocks_tied_by_hand_stand_beside_each_other_for_editors_and_readers_until_it_is_undone(pages, client, staff):
    chief, pair = client_of(staff("chief-editor")), pair_of(pages[0])
    assert seen_by_editors(chief, pair)[2:] == [["寅。", "Chou."], ["卯。", "Yin."]]

    match(chief, pair, zh=["one"], en=["due", "uno"])
    match(chief, pair, zh=["two", "three"], en=["tre"])

    tied = [["子丑。", "Zi."], ["", "Chou."], ["寅。", "Yin."], ["卯。", ""]]
    assert seen_by_editors(chief, pair) == tied
    assert [row[::-1] for row in seen_by_readers(client, pages[1])] == seen_by_readers(client, pages[0])
    assert [row[0] for row in seen_by_readers(client, pages[0])] == ["子丑。", "", "寅。", "卯。"]
    assert PageLogEntry.objects.filter(page=pages[0].pk, action="editorial.matched").count() == 2

    draft(pages[0], body=body([*CHINESE[:2], ("new", "新。"), *CHINESE[2:]]))
    assert ["子丑。", "Zi."] in rows(chief, reverse("language_pair", args=(pair.pk,)), "//tr[td]", "text()|mark/text()")
    draft(pages[1], body=body([*ENGLISH[:2], ENGLISH[3]]))  # a part of what is tied is gone: the rest holds
    shown = rows(chief, reverse("language_pair", args=(pair.pk,)), "//tr[td]", "text()|mark/text()")
    assert ["子丑。", "Zi."] in shown
    assert ["寅。", "Yin."] in shown

    match(chief, pair, untie="two")
    match(chief, pair, untie="nothing")
    assert pair_of(pages[0]).ties == [[["one"], ["uno", "due"]]]
    unlink(NewsPage.objects.get(pk=pages[1].pk), None)
    assert pair_of(pages[0]).ties == []
    append_waiting()
    told = Counter(Entry.objects.values_list("event", flat=True))
    assert (told[Event.BLOCKS_MATCHED], told[Event.BLOCKS_UNMATCHED], told[Event.UNLINKED]) == (2, 1, 1)


def test_what_cannot_be_tied_is_refused_with_a_reason(pages, staff):
    chief, pair = client_of(staff("chief-editor")), pair_of(pages[0])

    for sent in ({}, {"zh": ["one"]}, {"zh": ["uno"], "en": ["uno"]}, {"zh": ["one", "x"], "en": ["uno"]}):
        assert "勾选" in match(chief, pair, **sent).content.decode()
    assert client_of(staff("auditor")).post(reverse("match_blocks", args=(pair.pk,)), {"zh": ["one"]}).status_code != 200
    assert pair_of(pages[0]).ties == []


def test_a_new_tie_frees_what_its_blocks_were_tied_to(pages, staff):
    chief, pair = client_of(staff("chief-editor")), pair_of(pages[0])

    match(chief, pair, zh=["one"], en=["uno", "due"])
    match(chief, pair, zh=["two"], en=["due"])

    assert pair_of(pages[0]).ties == [[["two"], ["due"]]]


def test_ties_that_cross_each_other_hold_and_no_block_is_lost_or_doubled():
    own, other = [Block(name, "p") for name in "abcde"], [Block(name, "p") for name in "vwxyz"]

    found = aligned(own, other, [Tie(("b",), ("z",)), Tie(("d", "e"), ("w",)), Tie(("gone",), ("x",))])

    pairs = [(own[match.own].id if match.own is not None else "", match.other) for match in found]
    assert ("b", 4) in pairs
    assert ("d", 1) in pairs
    assert [name for name, _other in pairs if name] == list("abcde")
    assert sorted(place for _name, place in pairs if place is not None) == [0, 1, 2, 3, 4]
