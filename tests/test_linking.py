"""Pages written apart are linked as translations of each other, and unlinked, by whoever may edit one of them."""

import lxml.html
import pytest
from django.urls import reverse
from wagtail.models import Page, PageLogEntry

from core.languages import CHINESE, ENGLISH
from editorial.linking import LINKED, UNLINKED, counterpart_of
from editorial.models import Pair
from news.models import NewsPage
from tests.editing import page_at
from tests.factories import make_news
from tests.paired_texts import pair_of
from tests.signing_in import client_of

pytestmark = pytest.mark.usefixtures("portal", "contexts")


@pytest.fixture
def apart():
    """A Chinese item and an English one, each without a counterpart."""
    items = []
    for prefix in ("zh", "en"):
        page = NewsPage(title=f"Apart {prefix}", slug=f"apart-{prefix}", date="2023-05-01", summary="…")
        page_at(f"{prefix}/news").add_child(instance=page)
        page.save_revision().publish()
        items.append(NewsPage.objects.get(pk=page.pk))
    return items


def address_of(page) -> str:
    return reverse("link_translations", args=(page.pk,))


def offered(client, page) -> list[str]:
    tree = lxml.html.fromstring(client.get(address_of(page)).content.decode())
    return [int(value) for value in tree.xpath("//select[@name='other']/option/@value") if value]


def test_a_translator_links_the_english_page_with_the_chinese_one_that_it_translates(apart, staff, client):
    chinese, english = apart
    translator = client_of(staff("translator"))
    assert chinese.pk in offered(translator, english)

    translator.post(address_of(english), {"other": chinese.pk})

    english.refresh_from_db()
    assert counterpart_of(english).pk == chinese.pk
    pair = pair_of(english)
    assert (pair.page_zh_id, pair.page_en_id, pair.state) == (chinese.pk, english.pk, Pair.State.IN_PROGRESS)
    assert Pair.objects.filter(page_en=english).count() == 1
    assert PageLogEntry.objects.filter(page=english, action=LINKED).exists()
    assert f'href="http://127.0.0.1:8000{english.url}"' in client.get(chinese.url).content.decode()


def test_unlinked_pages_each_lack_a_translation(staff, client):
    chinese, english = make_news(1)
    translator = client_of(staff("translator"))

    refused = translator.post(address_of(english), {"unlink": "0"}, follow=True)
    assert counterpart_of(english) is not None
    assert "请查看后再操作" in refused.content.decode()
    translator.post(address_of(english), {"unlink": chinese.pk})

    english = NewsPage.objects.get(pk=english.pk)
    assert counterpart_of(english) is None
    states = {pair_of(page).state for page in (chinese, english)}
    assert states == {Pair.State.MISSING}
    assert pair_of(chinese).says(CHINESE)
    assert not pair_of(chinese).says(ENGLISH)
    assert PageLogEntry.objects.filter(page=english, action=UNLINKED).exists()


def test_what_has_a_counterpart_is_of_another_kind_or_not_readable_is_not_offered(apart, staff):
    chinese, english = apart
    paired, _translation = make_news(1)
    draft = NewsPage(title="草稿", slug="cao-gao", date="2023-05-01", live=False)
    page_at("zh/news").add_child(instance=draft)
    translator = client_of(staff("translator"))

    found = offered(translator, english)

    assert chinese.pk in found
    assert not {paired.pk, draft.pk, page_at("zh/about").pk} & set(found)
    for refused in (paired.pk, draft.pk, english.pk, 10**9, "x"):
        answer = translator.post(address_of(english), {"other": refused})
        assert answer.status_code == 200
        assert answer.context["form"].errors
    assert counterpart_of(english) is None


def test_where_no_page_is_offered_the_way_to_translate_is(staff):
    (chinese,) = make_news(1, languages=[CHINESE])

    form = client_of(staff("chief-editor")).get(address_of(chinese)).content.decode()

    assert f'href="{reverse("simple_translation:submit_page_translation", args=(chinese.pk,))}"' in form


def test_linking_is_for_who_may_edit_the_page(apart, staff):
    chinese, english = apart
    for key in ("translator", "administrator"):
        assert client_of(staff(key)).get(address_of(chinese)).status_code == 302
    assert client_of(staff("auditor")).post(address_of(chinese), {"other": english.pk}).status_code == 403
    assert counterpart_of(chinese) is None


def test_a_page_below_one_without_a_translation_is_not_translated_and_says_why(staff):
    section = page_at("zh/news")
    lonely = type(section)(title="另一栏", slug="ling-yi-lan", locale=section.locale)
    section.get_parent().add_child(instance=lonely)
    page = NewsPage(title="其中一条", slug="qi-zhong", date="2023-05-01", summary="…")
    lonely.add_child(instance=page)
    translator = client_of(staff("translator"))

    answer = translator.get(reverse("simple_translation:submit_page_translation", args=(page.pk,)), follow=True)

    assert "另一栏" in answer.content.decode()
    assert "请先翻译上级页面" in answer.content.decode()
    assert not Page.objects.filter(slug="ling-yi-lan", locale__language_code="en").exists()
