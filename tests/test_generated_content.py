"""Generated content is whole, says what it is, stays in step with all that follows from saving, and can be taken away."""

from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from wagtail.models import Page, ReferenceIndex

from bases.models import Base
from core.languages import LANGUAGES
from editorial.models import Pair
from editorial.observing import observe_all
from news.models import NewsIndexPage, NewsPage
from portal.generating.marks import SOURCE, generated_bases, generated_news
from search.models import Entry, IndexingFailure
from tests.test_news_lists import assert_in_step

pytestmark = pytest.mark.usefixtures("portal")


def generate(**options) -> str:
    output = StringIO()
    call_command("generate_content", stdout=output, **options)
    return output.getvalue()


def rows() -> dict[str, int]:
    """Return how many rows each table has; what counts changes and what the index keeps for itself left out."""
    left_out = {"Change", "SQLiteFTSIndexEntry"}
    models = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]
    return {model._meta.label: model._base_manager.count() for model in models if model.__name__ not in left_out}


def test_what_is_generated_is_whole_marked_and_in_step_and_goes_without_a_trace(client):
    before = rows()
    generate(news=30, bases=5)
    generate(news=3)  # once more: others than the first

    news, bases = list(generated_news().select_related("locale")), list(generated_bases())
    assert len([page for page in news if page.locale.language_code == "zh-hans"]) == 33
    assert 10 < len([page for page in news if page.locale.language_code == "en"]) < 33
    assert len(bases) == 5
    for page in news:
        page.full_clean()
        assert "生成" in page.title or "Generated" in page.title
        assert page.source == SOURCE
        for block in page.body:
            block.block.clean(block.value)
    for base in bases:
        base.full_clean()
        assert "生成" in base.name_zh_hans
        assert "Generated" in base.name_en
    assert len({page.date for page in news}) > 20
    assert all(not problems for problems in Page.find_problems())
    for index in NewsIndexPage.objects.all():
        assert index.numchild == index.get_children().count()
    assert_in_step()

    pairs = list(Pair.objects.order_by("pk").values())
    assert observe_all() == len(pairs)
    assert list(Pair.objects.order_by("pk").values()) == pairs
    assert {pair["state"] for pair in pairs if pair["title_zh"].startswith("【生成】")} == set(Pair.State)
    references = set(ReferenceIndex.objects.values_list("object_id", "to_object_id", "content_path"))
    for item in (*news[:5], *bases[:2]):
        ReferenceIndex.create_or_update_for_object(type(item).objects.get(pk=item.pk))
    assert set(ReferenceIndex.objects.values_list("object_id", "to_object_id", "content_path")) == references
    assert not IndexingFailure.objects.exists()
    assert Entry.objects.filter(title__in=[page.title for page in news]).count() == len(news)
    assert list(Page.objects.live().autocomplete(news[0].title[4:9])) != []
    for language in LANGUAGES:
        page = next(page for page in news if page.locale.language_code == language.code)
        assert SOURCE in client.get(page.get_url()).content.decode()
        assert client.get(f"/{language.prefix}/bases/{bases[0].slug}/").status_code == 200

    news[0].save_revision().publish()  # somebody works on it
    assert "Removed" in generate(remove=True)
    after = rows()
    changed = {label for label in before if before[label] != after[label]}
    assert changed <= {"audit.Entry", "audit.WaitingDeed", "wagtailcore.PageLogEntry", "news.ListingCount"}
    assert_in_step()
    assert all(not problems for problems in Page.find_problems())


def test_content_in_production_gets_generated_company_only_when_asked_for_twice(settings):
    settings.SETTINGS_MODULE = "portal.settings.production"
    for options in ({}, {"beside_real_content": 1}):
        with pytest.raises(CommandError, match="--beside-real-content twice"):
            generate(bases=1, **options)
    generate(bases=1, beside_real_content=2)
    assert generated_bases().count() == 1

    NewsPage.objects.all().delete()
    Base.objects.exclude(source_zh_hans=SOURCE).delete()
    generate(bases=1)
    assert generated_bases().count() == 2


@pytest.mark.parametrize("options", [{}, {"news": -1}, {"bases": -5, "news": 9}])
def test_a_number_that_is_none_changes_nothing(options):
    with pytest.raises(CommandError, match="Nothing was changed"):
        generate(**options)
    assert not generated_news().exists()
