"""Pairs of texts in the admin: side by side, who sees and declares what, the desk, the report."""

import csv
import datetime
import io
import json

import lxml.html
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import PageLogEntry

from audit.chain import append_waiting
from audit.events import Event
from audit.models import Entry
from bases.models import Base
from core.languages import CHINESE, ENGLISH
from core.personal_data import Person
from editorial import reports
from editorial.models import Pair
from editorial.pairs import version_of
from editorial.personal_data import PairKeeper
from news.models import NewsPage
from tests.editing import page_at
from tests.factories import make_news
from tests.paired_texts import BODY, declared, declared_pages, draft, pair_of
from tests.plans import plan_of
from tests.signing_in import client_of

pytestmark = pytest.mark.usefixtures("portal")

State = Pair.State


@pytest.fixture
def pages():
    return declared_pages()


def shown(client, pair: Pair, **query):
    response = client.get(reverse("language_pair", args=(pair.pk,)), query)
    assert response.status_code == 200
    return lxml.html.fromstring(response.content.decode())


def texts(tree, path: str) -> list[str]:
    return [" ".join(found.text_content().split()) for found in tree.xpath(path)]


def test_what_changed_since_it_was_opened_is_refused_with_what_to_do(pages, admin_client):
    pair = pair_of(pages[0])
    (version,) = shown(admin_client, pair).xpath("//input[@name='version']/@value")
    draft(pages[0], title="改了")

    for sent in (version, "", "x" * 5000):
        response = admin_client.post(reverse("language_pair", args=(pair.pk,)), {"version": sent}, follow=True)
        assert "没有作出确认" in response.content.decode()
    assert pair_of(pages[0]).state == State.DRIFTED


def test_still_right_is_kept_with_the_name_and_stands_in_the_audit_log(pages, staff):
    user = staff("translator")
    draft(pages[0], title="改了")
    pages[0].get_workflow().start(type(pages[0]).objects.get(pk=pages[0].pk), staff("writer"))
    pair = pair_of(pages[0])
    client = client_of(user)

    (version,) = shown(client, pair).xpath("//input[@name='version']/@value")
    client.post(reverse("language_pair", args=(pair.pk,)), {"version": version})

    pair.refresh_from_db()
    assert (pair.state, pair.declared_by) == (State.IN_LINE, user)
    assert user.username in " ".join(texts(shown(client, pair), "//*[@class='pair__state']"))
    assert PageLogEntry.objects.filter(action="editorial.in_line", user=user).count() == 1
    append_waiting()
    assert Entry.objects.filter(event=Event.DECLARED_IN_LINE, actor_id=user.pk).count() == 1


def test_side_by_side_marks_the_sentence_and_leads_to_its_block_in_either_editor(pages, admin_client):
    edited = [BODY[0], BODY[1] | {"value": BODY[1]["value"].replace("12", "15")}]
    draft(pages[0], body=json.dumps(edited))

    tree = shown(admin_client, pair_of(pages[0]))

    assert texts(tree, "//mark") == ["来自15个国家的专家参加。"]
    assert texts(tree, "//section//del") == ["来自12个国家的专家参加。"]
    assert tree.xpath("//mark/@class") == ["pair__mark pair__mark--2"]
    links = set(tree.xpath("//a[@class='pair__edit']/@href"))
    assert {f"{reverse('wagtailadmin_pages:edit', args=(page.pk,))}#block-two-section" for page in pages} <= links
    live = shown(admin_client, pair_of(pages[0]), text="live")
    assert texts(live, "//mark") == []
    assert any("来自12个国家" in cell for cell in texts(live, "//td"))


def test_blocks_that_were_copied_stand_beside_each_other_wherever_others_come_between(pages, admin_client):
    added = [BODY[0], {"type": "paragraph", "value": "<p>新段。</p>", "id": "new"}, BODY[1]]
    draft(pages[0], body=json.dumps(added))

    rows = shown(admin_client, pair_of(pages[0])).xpath("//tr[starts-with(@class, 'pair__row')]")

    cells = [[" ".join(cell.text_content().split()) for cell in row.xpath("td")] for row in rows]
    assert any(left.startswith("新段。") and not right for left, right in cells)
    assert any("12个国家" in left and "12个国家" in right for left, right in cells)


def test_choices_and_references_are_worded_and_no_draft_is_named_to_who_may_not_read_it(pages, staff):
    hidden = NewsPage(title="尚未公开的稿件", slug="wei-gong-kai", date="2023-05-01", live=False)
    page_at("zh/news").add_child(instance=hidden)
    keys = (page_at("zh/about").pk, hidden.pk, 10**9)
    links = "".join(f'<a linktype="page" id="{key}">见</a>' for key in keys)
    edited = [BODY[0], {"type": "paragraph", "value": f"<p>{links}</p>", "id": "two"}]
    draft(pages[0], body=json.dumps(edited))
    page = type(pages[0]).objects.get(pk=pages[0].pk)
    page.get_workflow().start(page, staff("writer"))

    said = " ".join(texts(shown(client_of(staff("translator")), pair_of(pages[0])), "//td"))

    for expected in ("背景 （节）", "→ 关于本站", "→ 您尚无权阅读的草稿", "→ 已删除的内容", "高"):
        assert expected in said
    assert "→wagtailcore" not in said
    assert hidden.title not in said


def test_the_report_says_which_language_is_missing(staff):
    make_news(1, languages=[CHINESE])

    listed = client_of(staff("translator")).get(reverse("language_pairs"), {"state": "missing"}).content.decode()

    assert "缺英文" in listed


def test_a_draft_is_read_by_the_other_language_once_it_is_submitted(pages, staff):
    translator, pair = client_of(staff("translator")), pair_of(pages[0])
    draft(pages[0], title="还不给人看")

    tree = shown(translator, pair)
    assert "还不给人看" not in tree.text_content()
    assert not tree.xpath("//input[@name='version']")
    translator.post(reverse("language_pair", args=(pair.pk,)), {"version": version_of(pair_of(pages[0]))})
    assert pair_of(pages[0]).state == State.DRIFTED
    listed = translator.get(reverse("language_pairs")).content.decode()
    assert "还不给人看" not in listed

    page = type(pages[0]).objects.get(pk=pages[0].pk)
    page.get_workflow().start(page, staff("writer"))
    assert "还不给人看" in shown(translator, pair).text_content()


def test_a_draft_of_the_other_tree_that_was_never_public_is_not_there(staff):
    (chinese,) = make_news(1, languages=[CHINESE], live=False)
    pair = pair_of(chinese)

    assert client_of(staff("translator")).get(reverse("language_pair", args=(pair.pk,))).status_code == 404
    assert client_of(staff("writer")).get(reverse("language_pair", args=(pair.pk,))).status_code == 200


def test_a_page_leads_to_its_pair_and_says_when_it_is_behind(pages, staff):
    draft(pages[0], date="2020-02-02")
    client, pair = client_of(staff("chief-editor")), pair_of(pages[0])

    for page, told in zip(pages, (False, True), strict=True):
        answer = client.get(reverse("wagtailadmin_pages:edit", args=(page.pk,))).content.decode()
        assert reverse("language_pair_of_page", args=(page.pk,)) in answer
        assert (reverse("language_pair", args=(pair.pk,)) in answer) is told
    response = client.get(reverse("language_pair_of_page", args=(pages[1].pk,)))
    assert response["Location"] == reverse("language_pair", args=(pair.pk,))
    assert client.get(reverse("language_pair_of_page", args=(10**30,))).status_code == 404


def test_the_desk_shows_what_is_missing_or_behind_in_ones_language_grave_ones_first(pages, staff):
    for page in make_news(2):
        page.save()
    ordinary = NewsPage.objects.filter(title="中文 2").get()
    declared(pair_of(ordinary))
    draft(ordinary, title="另一个")
    draft(pages[0], date="2020-02-02")

    desk = client_of(staff("translator")).get(reverse("wagtailadmin_home")).content.decode()
    tree = lxml.html.fromstring(desk)

    links = tree.xpath("//ul[@class='desk__list'][1]//a/@href")
    assert links[0] == reverse("language_pair", args=(pair_of(pages[0]).pk,))
    assert len(links) == 8
    writer = lxml.html.fromstring(client_of(staff("writer")).get(reverse("wagtailadmin_home")).content.decode())
    assert not writer.xpath(f"//a[@href='{links[0]}']")


def test_ones_drafts_and_what_is_scheduled_stand_on_the_desk(staff):
    user = staff("chief-editor")
    (page,) = make_news(1, languages=[CHINESE], owner=user)
    page.go_live_at = datetime.datetime(2099, 1, 1, tzinfo=datetime.UTC)
    page.save_revision().publish()

    tree = lxml.html.fromstring(client_of(user).get(reverse("wagtailadmin_home")).content.decode())

    assert len(tree.xpath(f"//ul[@class='desk__list']//a[@href='{reverse('wagtailadmin_pages:edit', args=(page.pk,))}']")) == 2


def test_a_list_of_records_leads_to_each_pair(staff):
    client, base = client_of(staff("translator")), Base.objects.first()
    address = reverse("language_pair_of_record", args=("bases", "base", base.pk))

    assert address in client.get(reverse("wagtailsnippets_bases_base:list")).content.decode()
    tree = lxml.html.fromstring(client.get(address, follow=True).content.decode())
    links = tree.xpath("//a[@class='pair__edit']/@href")
    form = reverse("wagtailsnippets_bases_base:edit", args=(base.pk,))
    assert {f"{form}#id_name_zh_hans", f"{form}#id_name_en"} <= set(links)
    assert client.get(reverse("language_pair_of_record", args=("bases", "base", 10**30))).status_code == 404


def rows(client, **query) -> list[dict]:
    response = client.get(reverse("language_pairs"), query | {"export": "csv"})
    return list(csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig"))))


def test_the_report_lists_all_pairs_is_filtered_and_exported(pages, staff):
    draft(pages[0], date="2020-02-02")
    user = staff("chief-editor")
    user.set_preferred_language("en")
    client = client_of(user)

    everything = rows(client)
    assert len(everything) == Pair.objects.count()
    assert everything[0]["Chinese title"] == pages[0].title
    assert everything[0]["English behind in"] == "numbers, dates or names"
    assert len(rows(client, state="missing")) == Pair.objects.filter(state=State.MISSING).count()
    assert len(rows(client, gravity="2")) == 1
    assert rows(client, lacking="zh") == []
    assert len(rows(client, lacking="en")) == 1 + Pair.objects.filter(state=State.MISSING).count()
    assert client.get(reverse("language_pairs"), {"gravity": "x", "ordering": "-state", "content_type": "0"}).status_code == 200


def test_report_and_desk_ask_no_more_of_many_pairs_than_of_few(pages, staff):
    client = client_of(staff("translator"))
    addresses = [reverse("language_pairs"), reverse("language_pairs") + "?export=csv", reverse("wagtailadmin_home")]

    def asked() -> list[int]:
        counts = []
        for address in addresses:
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                b"".join(client.get(address))
            counts.append(len(queries))
        return counts

    before = asked()
    for number in range(20, 90):
        make_news(number, languages=[CHINESE])
    assert asked() == before
    assert max(before) <= 60


def test_the_report_counts_no_further_than_it_lists_and_says_so(admin_client, monkeypatch, contexts):
    monkeypatch.setattr(reports, "MOST", 60)
    address = reverse("language_pairs")

    bounded = admin_client.get(address, {"state": State.IN_PROGRESS}).context["paginator"]
    page = admin_client.get(address).content.decode()

    assert Pair.objects.count() > 60
    assert "仅列出前60对" in page
    assert bounded.count == min(60, Pair.objects.filter(state=State.IN_PROGRESS).count())
    monkeypatch.setattr(reports, "MOST", Pair.objects.count())
    whole = admin_client.get(address).context["paginator"]
    assert (whole.count, whole.is_bounded) == (Pair.objects.count(), False)
    assert len(rows(admin_client)) == Pair.objects.count()


def test_the_report_marks_what_is_grave(pages, staff):
    draft(pages[0], date="2020-02-02")

    tree = lxml.html.fromstring(client_of(staff("chief-editor")).get(reverse("language_pairs")).content.decode())

    assert texts(tree, "//td/*[@class='pair__grave']") == ["数字、日期或名称"]


def test_a_persons_declarations_are_exported_and_their_names_leave_the_texts(pages, staff):
    user = staff("translator")
    draft(pages[0], author="王小明")
    declared(pair_of(pages[0]), user)
    draft(pages[0], author="")
    person, keeper = Person(user, "", ("王小明",)), PairKeeper()

    assert [entry["declared_in_line"] for entry in keeper.export(person)] == [pages[0].title]
    assert keeper.erase(person).counts == {"pairs of texts": 1}
    assert "王小明" not in json.dumps(pair_of(pages[0]).agreed_zh, ensure_ascii=False)
    assert pair_of(pages[0]).agreed_zh


def test_what_is_gravest_is_read_from_an_index_in_its_order():
    plan = plan_of(Pair.objects.lacking(ENGLISH).gravest_first().values("pk")[:9])
    assert "pairs_gravest_first" in plan, plan
    assert "sort" not in plan.lower(), plan
    assert "TEMP B-TREE" not in plan, plan
