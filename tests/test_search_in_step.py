"""Search finds what is public, at once, and nothing else; what fails is shown to editors."""

import threading

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connection
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction
from wagtail.search.models import IndexEntry

from bases.models import Base, BaseCategory, BaseIndexPage, Province
from core.models import PortalPage
from news.models import NewsPage, Topic
from portal.models import StandardPage
from programs.models import Figure
from search import entries
from search.backends import texts
from search.models import Entry, IndexingFailure, Term
from search.understanding import understand
from search.vocabulary import Vocabulary
from tests.factories import make_base, make_milestone

pytestmark = pytest.mark.usefixtures("portal")

SECRET = "独角兽密语"
ARTICLE = "/zh/news/yanshan-university-accredited/"


def finds(client, query: str = SECRET, address: str = "/zh/search/") -> bool:
    """Return whether the page of results lists anything for `query`, and the suggestions or results name it."""
    response = client.get(address, {"q": query})
    assert response.status_code == 200
    return b'<article class="hit">' in response.content


def article() -> NewsPage:
    return NewsPage.objects.get(url_path=ARTICLE)


def publish(page) -> None:
    page.save_revision().publish()


def test_a_page_is_found_once_it_is_published_and_as_long(client):
    page = article()
    page.title = f"关于{SECRET}的消息"
    page.save_revision()
    assert not finds(client)

    publish(page)
    assert finds(client)

    page.unpublish()
    assert not finds(client)


def test_a_draft_of_a_public_page_is_not_found(client):
    page = article()
    page.summary = SECRET
    page.save_revision()

    assert not finds(client)


def test_a_deleted_page_leaves_nothing_behind(client):
    page = article()
    page.summary = SECRET
    publish(page)
    assert finds(client)

    page.delete()

    assert not finds(client)
    assert not Entry.objects.filter(page=page.pk).exists()
    assert IndexEntry.objects.filter(content_type__model="entry").count() == Entry.objects.count()


@pytest.mark.parametrize("above", [False, True])
def test_a_private_page_is_not_found_from_that_moment_on(client, above):
    page = article()
    page.title = SECRET
    publish(page)
    assert finds(client)

    private = page.get_parent() if above else page
    restriction = PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    assert not finds(client)
    assert SECRET not in client.get("/zh/search/suggestions/", {"q": SECRET}).content.decode()

    restriction.delete()
    assert finds(client)


def test_a_base_is_found_in_both_languages_once_it_is_published(client):
    base = make_base(1, name_zh_hans=SECRET, name_en="Unicornia Base", live=False)
    base.save_revision()
    assert not finds(client)

    base.publish_saved()
    assert finds(client)
    assert finds(client, "Unicornia", "/en/search/")

    base.refresh_from_db()
    base.unpublish()
    assert not finds(client)
    assert not finds(client, "Unicornia", "/en/search/")


def test_a_base_follows_its_kind_and_its_province(client):
    kind = BaseCategory.objects.get(slug="working")
    kind.short_name_zh_hans = SECRET
    kind.publish_saved()
    assert finds(client)

    province = Province.objects.get(code="130000")
    province.name_zh_hans = "独角省"
    province.save()
    assert finds(client, "独角省")


def test_the_milestones_page_follows_its_milestones(client):
    milestone = make_milestone(1, text_zh_hans=f"这一年发现了{SECRET}。")
    milestone.publish_saved()
    assert finds(client)

    milestone.unpublish()
    assert not finds(client)


def test_a_page_that_shows_a_figure_follows_it(client):
    figure = next(figure for figure in Figure.objects.all() if list(figure.findable_dependents()))
    figure.name_zh_hans = SECRET
    figure.publish_saved()

    assert finds(client)


def test_a_page_that_moves_to_another_home_belongs_to_its_site(client):
    page = StandardPage.objects.get(url_path="/zh/contact/")
    page.title = SECRET
    publish(page)
    root = Page.objects.get(depth=1)
    elsewhere = root.add_child(instance=type(page.get_parent().specific)(title="另一站", slug="elsewhere", locale=page.locale))

    page.move(elsewhere, pos="last-child")

    assert Entry.objects.get(page=page.pk).home_path == elsewhere.path
    assert not finds(client)


def test_a_term_leads_to_other_names_as_soon_as_it_is_saved(client):
    assert not finds(client, "独角大学")

    Term.objects.create(chinese="独角大学；燕山大学")

    assert finds(client, "独角大学")


@pytest.fixture
def document(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    return get_document_model().objects.create(title=f"{SECRET}手册", file=ContentFile(b"%PDF-1.4", name="handbook.pdf"))


def offer(page, document) -> None:
    page.attachments = [("documents", {"title": "附件", "documents": [document]})]
    publish(page)


def test_a_document_is_found_where_a_public_page_offers_it(client, document):
    assert not finds(client)

    page = article()
    offer(page, document)
    response = client.get("/zh/search/", {"q": SECRET})
    assert document.url in response.content.decode()
    assert finds(client, "handbook.pdf")
    assert not finds(client, SECRET, "/en/search/")

    page.attachments = []
    publish(page)
    assert not finds(client)


def test_a_document_follows_its_title_and_its_collection(client, document):
    offer(article(), document)
    document.title = "独角兽新手册"
    document.save()
    assert finds(client, "独角兽新手册")

    document.collection = Collection.get_first_root_node().add_child(name="内部")
    document.save()
    CollectionViewRestriction.objects.create(collection=document.collection, restriction_type=CollectionViewRestriction.LOGIN)
    assert not finds(client, "独角兽新手册")


def test_a_document_only_of_a_draft_is_not_found(client, document):
    page = article()
    page.attachments = [("documents", {"title": "附件", "documents": [document]})]
    page.save_revision()

    assert not finds(client)


def test_rebuilding_writes_the_same_entries(client):
    def rows():
        entries = Entry.objects.order_by("content_type", "item_id", "language", "page")
        return [[getattr(entry, name) for name in (*entries_kept, "language", "item_id")] for entry in entries]

    entries_kept = [name for name in entries.KEPT if name != "page_id"]
    before = rows()

    call_command("rebuild_search", verbosity=0)

    assert rows() == before
    assert finds(client, "燕山大学")


def test_every_entry_knows_its_row_of_the_index():
    index = dict(IndexEntry.objects.filter(content_type__model="entry").values_list("object_id", "pk"))

    assert {str(entry.pk): entry.index_entry for entry in Entry.objects.all()} == index


def test_what_is_stored_is_the_analysed_text():
    """modelsearch has no hook for it: an update of modelsearch must not bring its own analysis back."""
    entry = Entry.objects.get(title="燕山大学", language="zh-hans")
    row = IndexEntry.objects.filter(pk=entry.index_entry)

    title = row.values_list("title" if connection.vendor == "sqlite" else "title_text", flat=True).get()
    assert title.split()[:4] == ["燕山", "山大", "大学", "学"]
    assert {"yanshan", "universiti"} <= set(title.split())
    names = str(row.values_list("autocomplete", flat=True).get())
    assert "yanshandaxue" in names
    assert "ysdx" in names


def test_a_failure_keeps_the_publication_and_is_shown_to_editors(client, admin_client, monkeypatch):
    def fail(self):
        raise ValueError("a fault in the text")

    monkeypatch.setattr(PortalPage, "searchable_text", fail)
    page = StandardPage.objects.get(url_path="/zh/contact/")
    page.title = SECRET
    publish(page)

    page.refresh_from_db()
    assert page.title == SECRET
    failure = IndexingFailure.objects.get()
    assert failure.title == SECRET
    assert failure.part == IndexingFailure.Part.PUBLIC
    assert failure.error == "ValueError: a fault in the text"
    assert SECRET in admin_client.get("/admin/reports/not-indexed/").content.decode()

    monkeypatch.undo()
    publish(page)
    assert not IndexingFailure.objects.exists()
    assert finds(client)


def test_a_rebuild_leaves_out_what_fails_and_says_so(client, monkeypatch, capsys):
    def fail(self):
        raise ValueError("a fault")

    monkeypatch.setattr(StandardPage, "searchable_text", fail)

    call_command("rebuild_search", entries_only=True)

    assert f"{IndexingFailure.objects.count()} items could not be indexed" in capsys.readouterr().out
    assert IndexingFailure.objects.count() == StandardPage.objects.live().count()
    assert finds(client, "燕山大学")


def test_a_document_of_three_pages_is_one_hit_and_stays_with_those_left(client, document):
    pages = list(NewsPage.objects.live().filter(locale__language_code="zh-hans")[:3])
    for page in pages:
        offer(page, document)

    def hits() -> int:
        return client.get("/zh/search/", {"q": SECRET}).content.decode().count('<article class="hit">')

    assert hits() == 1
    pages[0].unpublish()
    assert hits() == 1
    pages[1].attachments = []
    publish(pages[1])
    assert hits() == 1
    pages[2].unpublish()
    assert hits() == 0


def test_news_follows_the_slug_of_its_topic(client):
    topic = Topic.objects.get(slug="policy")
    before = client.get("/zh/search/", {"q": "海智", "topic": "policy"}).content.decode().count('class="hit"')

    topic.slug = "policies"
    topic.publish_saved()

    after = client.get("/zh/search/", {"q": "海智", "topic": "policies"}).content.decode().count('class="hit"')
    assert after == before > 0


def test_a_base_that_was_taken_down_shows_through_no_filter(client):
    base = Base.objects.get(slug="yanshan-university")
    assert ARTICLE in client.get("/zh/search/", {"q": "燕山大学", "province": "130000"}).content.decode()

    base.unpublish()

    assert ARTICLE not in client.get("/zh/search/", {"q": "燕山大学", "province": "130000"}).content.decode()


def test_bases_are_found_where_a_directory_shows_them(client):
    directory = BaseIndexPage.objects.get(url_path="/zh/bases/")
    directory.unpublish()

    page = client.get("/zh/search/", {"q": "燕山大学"}).content.decode()
    assert "/zh/bases/yanshan-university/" not in page
    assert "kind=bases" not in page
    assert finds(client, "Yanshan University", "/en/search/")

    publish(directory)
    assert "/zh/bases/yanshan-university/" in client.get("/zh/search/", {"q": "燕山大学"}).content.decode()


def test_failures_of_the_admin_and_of_readers_are_kept_apart(monkeypatch):
    def fail(obj):
        raise ValueError("a fault")

    page = article()
    page.title = SECRET
    with monkeypatch.context() as patch:
        database = "sqlite" if connection.vendor == "sqlite" else "postgres"
        patch.setattr(f"search.backends.{database}.streams_of", fail)
        publish(page)
    assert set(IndexingFailure.objects.values_list("part", flat=True)) == {"admin", "public"}

    page.save()
    assert set(IndexingFailure.objects.values_list("part", flat=True)) == {"public"}

    publish(page)
    assert not IndexingFailure.objects.exists()


def test_many_readers_ask_while_terms_are_learnt():
    """The dictionary of words may not grow while somebody reads it."""
    names, faults = Vocabulary(), []
    for at in range(50):
        names.add((f"独角大学{chr(0x4E00 + at)}院", f"College {at}"))

    def ask():
        try:
            for _time in range(200):
                understand("独角大学一院海智计划工作基地申报", names)
        except RuntimeError as error:
            faults.append(error)

    threads = [threading.Thread(target=ask) for _number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults


def test_one_faulty_text_keeps_no_other_out_of_the_index(client, monkeypatch):
    analyse = texts.streams_of

    def fail(obj):
        if getattr(obj, "title", "") == "联系":
            raise ValueError("a fault")
        return analyse(obj)

    monkeypatch.setattr(f"search.backends.{'sqlite' if connection.vendor == 'sqlite' else 'postgres'}.streams_of", fail)

    call_command("rebuild_search", entries_only=True, verbosity=0)

    assert IndexingFailure.objects.get().title == "联系"
    assert finds(client, "燕山大学")
