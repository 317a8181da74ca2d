"""The starter content: complete, in both languages, and loaded once; what editors made of it is left alone."""

import csv
import shutil

import pytest
from django.core.management import call_command
from wagtail.models import Page

from bases.models import Base, BaseCategory, Province
from news.models import NewsPage, Topic
from portal.loading.loader import SETTINGS_FILE, STARTER_FOLDER, load_starter_content
from portal.loading.records import TABLES
from portal.models import StarterItem
from programs.models import Figure, FigureValue, Milestone

# GB/T 2260: the two digits of each province-level unit.
PROVINCE_CODES = {
    f"{digits}0000"
    for digits in (
        *(11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46),
        *(50, 51, 52, 53, 54, 61, 62, 63, 64, 65, 71, 81, 82),
    )
}
NEW_TOPIC = "a-new-topic,新专题,A new topic,说明,Words\n"
NEW_ARTICLE = "---\ntype: NewsPage\ntitle: 某条新闻\ndate: '2023-05-01'\n---\n\n正文。\n"


@pytest.fixture
def folder(tmp_path):
    """A copy of the starter folder with a row and an article that were never loaded."""
    copy = shutil.copytree(STARTER_FOLDER, tmp_path / "starter")
    with (copy / "topics.csv").open("a") as file:
        file.write(NEW_TOPIC)
    (copy / "news/a-new-item.zh.md").write_text(NEW_ARTICLE)
    return copy


def test_a_new_row_and_a_new_article_are_loaded_once(portal, folder):
    first, second = load_starter_content(folder), load_starter_content(folder)

    assert (first.loaded, second.loaded) == (2, 0)
    assert second.kept == first.kept + 2
    assert NewsPage.objects.get(title="某条新闻").url == "/zh/news/a-new-item/"
    assert Topic.objects.get(slug="a-new-topic").live


def test_a_second_run_leaves_what_editors_changed_or_deleted(portal, folder, capsys):
    base, item, topic = (
        Base.objects.get(slug="hefei"),
        NewsPage.objects.get(title__startswith="燕山大学"),
        Topic.objects.get(slug="event"),
    )
    base.name_en = "As the editors call it"
    base.publish_saved()
    item.title, item.slug = "编辑改过的标题", "renamed"
    item.save_revision().publish()
    deleted = NewsPage.objects.get(url_path="/en/news/yanshan-university-accredited/")
    deleted.delete()
    topic.delete()
    article = folder / "news/yanshan-university-accredited.zh.md"
    article.write_text(article.read_text().replace("title: ", "title: 新的", 1))

    call_command("load_starter_content", folder=folder)

    base.refresh_from_db()
    item.refresh_from_db()
    assert (base.name_en, item.title, item.slug) == ("As the editors call it", "编辑改过的标题", "renamed")
    assert not NewsPage.objects.filter(url_path="/en/news/yanshan-university-accredited/").exists()
    assert not Topic.objects.filter(slug="event").exists()
    assert "news/yanshan-university-accredited.zh.md has changed since it was loaded" in capsys.readouterr().out


def test_the_starter_content_is_complete(portal):
    provinces = Province.objects.all()
    assert {province.code for province in provinces} == PROVINCE_CODES
    assert len({(province.tile_column, province.tile_row) for province in provinces}) == 34
    assert BaseCategory.objects.live().count() == 4
    assert Base.objects.live().count() == 40
    assert Milestone.objects.live().count() == 36
    assert FigureValue.objects.count() == 54
    assert NewsPage.objects.live().filter(locale__language_code="zh-hans").count() >= 20
    assert 12 <= NewsPage.objects.live().filter(locale__language_code="en").count() < NewsPage.objects.live().count() / 2
    assert StarterItem.objects.count() == sum(1 for _item in _items(STARTER_FOLDER))


def _items(folder):
    """Yield every row of the tables of its own, every document and the settings."""
    yield SETTINGS_FILE
    yield from folder.rglob("*.md")
    for table in TABLES:
        with (folder / table.file).open(newline="") as file:
            yield from csv.DictReader(file)


def test_everything_of_the_starter_content_is_published_in_both_languages_where_it_must_be(portal):
    for model in (Base, BaseCategory, Topic, Figure):
        for record in model.objects.all():
            assert record.live, record
            assert record.name_zh_hans != record.name_en, record
            assert record.name_zh_hans, record
            assert record.name_en, record
    assert not Page.objects.filter(depth__gt=1, live=False).exists()
