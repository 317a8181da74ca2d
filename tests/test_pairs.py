"""Pairs of texts: what each language says, and the state that follows from it."""

import io

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bases.models import Base
from core.languages import CHINESE, ENGLISH
from editorial.gravity import Gravity
from editorial.models import Pair
from editorial.observing import observe_all
from editorial.pairs import TextsChangedError, declare, version_of
from news.models import NewsPage
from tests.editing import body, page_at, publish_page
from tests.factories import make_base, make_news
from tests.paired_texts import declared, declared_pages, draft, pair_of

pytestmark = pytest.mark.usefixtures("portal")

State = Pair.State


@pytest.fixture
def pages():
    return declared_pages()


def test_the_starter_content_is_in_line_or_missing_in_english():
    assert set(Pair.objects.values_list("state", flat=True)) == {State.IN_LINE, State.MISSING}
    missing = Pair.objects.filter(state=State.MISSING)
    assert not missing.filter(has_zh=False).exists()
    assert all(pair.page_en is None for pair in missing)
    assert Pair.objects.filter(subject__startswith="bases.base:").count() == Base.objects.count()


def test_a_pair_is_missing_then_in_progress_then_in_line_then_drifted():
    (chinese,) = make_news(1, languages=[CHINESE])
    assert pair_of(chinese).state == State.MISSING

    index = page_at("en/news")
    english = NewsPage(title="Title", slug="item-1", translation_key=chinese.translation_key, locale=index.locale, date="2006")
    index.add_child(instance=english)
    pair = pair_of(chinese)
    assert (pair.state, pair.page_en.pk) == (State.IN_PROGRESS, english.pk)

    declared(pair)
    assert pair_of(chinese).state == State.IN_LINE

    draft(chinese, title=f"{chinese.title}，改了")
    pair = pair_of(chinese)
    assert (pair.state, pair.behind_en, pair.behind_zh) == (State.DRIFTED, Gravity.ORDINARY, Gravity.NONE)
    english.delete()
    assert (pair_of(chinese).state, pair_of(chinese).page_en) == (State.MISSING, None)
    chinese.delete()
    assert not Pair.objects.filter(pk=pair.pk).exists()


@pytest.mark.parametrize("side", [0, 1])
def test_either_language_may_run_ahead(pages, side):
    draft(pages[side], date="2020-02-02")

    pair = pair_of(pages[0])
    expected = [Gravity.GRAVE, Gravity.NONE] if side else [Gravity.NONE, Gravity.GRAVE]
    assert [pair.behind(CHINESE), pair.behind(ENGLISH)] == expected


def test_a_change_taken_back_is_no_drift(pages):
    before = pages[0].title
    draft(pages[0], title="改了")
    draft(pages[0], title=before)

    assert pair_of(pages[0]).state == State.IN_LINE


def test_saving_without_a_change_changes_and_writes_nothing(pages):
    before = pair_of(pages[0]).changed_at
    with CaptureQueriesContext(connection) as asked:
        draft(pages[0])
        pages[1].save_revision().publish()

    assert not [query for query in asked if 'UPDATE "editorial_pair"' in query["sql"]]
    assert (pair_of(pages[0]).state, pair_of(pages[0]).changed_at) == (State.IN_LINE, before)


def test_the_editor_saves_without_a_change_and_publishes_the_same_text_as_in_line(admin_client):
    chinese = page_at("zh/news/yanshan-university-accredited")
    declared(pair_of(chinese))

    changed = body(("heading", {"text": "新的一节", "level": "2"}))
    publish_page(admin_client, chinese, **changed)
    first = pair_of(chinese)
    publish_page(admin_client, chinese, **changed)

    assert first.state == State.DRIFTED
    assert pair_of(chinese).changed_at == first.changed_at


def test_a_record_whose_chinese_changed_alone_is_caught_and_mended():
    base = make_base(1)
    pair = Pair.objects.get(subject=f"bases.base:{base.pk}")
    assert pair.state == State.IN_PROGRESS
    declared(pair)

    base.description_zh_hans = "2021年设立。"
    base.save_revision()
    pair.refresh_from_db()
    assert (pair.state, pair.behind_en) == (State.DRIFTED, Gravity.GRAVE)

    base.description_en = "Set up in 2021."
    base.save_revision()
    pair.refresh_from_db()
    declared(pair)
    pair.refresh_from_db()
    assert pair.state == State.IN_LINE
    base.delete()
    assert not Pair.objects.filter(pk=pair.pk).exists()


def test_a_base_without_english_is_missing_it():
    base = make_base(1, name_en=None, short_name_en=None, source_en=None)
    base.evaluations.all().delete()
    base.save()

    assert Pair.objects.get(subject=f"bases.base:{base.pk}").state == State.MISSING


def test_what_changed_since_it_was_read_is_not_declared(pages):
    before = version_of(pair_of(pages[0]))
    draft(pages[0], title="改了")

    with pytest.raises(TextsChangedError):
        declare(pair_of(pages[0]), before, None)
    assert pair_of(pages[0]).state == State.DRIFTED


def test_observing_everything_again_changes_nothing_and_finds_what_passed_the_signals_by(pages):
    before = {pair.subject: (pair.state, version_of(pair)) for pair in Pair.objects.all()}
    NewsPage.objects.filter(pk=pages[1].pk).update(date="2021-01-01")
    Pair.objects.create(
        subject="bases.base:0", content_type=pair_of(pages[0]).content_type, object_id=0, says_zh=[["name", "", "", ["x"]]]
    )

    out = io.StringIO()
    call_command("observe_pairs", stdout=out)

    assert str(len(before)) in out.getvalue()
    after = {pair.subject: (pair.state, version_of(pair)) for pair in Pair.objects.all()}
    assert {subject for subject in before | after if before.get(subject) != after.get(subject)} == {pair_of(pages[0]).subject}
    assert pair_of(pages[0]).behind_zh == Gravity.GRAVE
    assert observe_all() == len(before)
