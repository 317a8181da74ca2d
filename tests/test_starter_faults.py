"""Every fault in the starter content is told by file and line, and then nothing of it is loaded."""

import shutil

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page

from bases.models import Base
from news.models import Topic
from portal.loading.loader import SETTINGS_FILE, STARTER_FOLDER
from portal.models import SiteSettings, StarterItem
from programs.models import Milestone

GOOD_TOPIC = "a-good-topic,好专题,A good topic,说明,Words\n"
ARTICLE = """---
type: NewsPage
title: 某条新闻
date: '2023-05-01'
---

正文。
"""
BASE = (
    "{slug},某基地,A base,no,composed,某地,A place,{category},stated,,,,CN,{province},,,"
    "{year},{basis},,,,,某报道,A report,,,,high\n"
)
GOOD_BASE = {"slug": "a-base", "category": "working", "province": "130000", "year": "", "basis": ""}


@pytest.fixture
def folder(tmp_path):
    """A copy of the starter folder with one row that was never loaded."""
    copy = shutil.copytree(STARTER_FOLDER, tmp_path / "starter")
    _append(copy, "topics.csv", GOOD_TOPIC)
    return copy


def _append(folder, name: str, text: str) -> int:
    """Add `text` to the end of a file and return the line on which it starts."""
    before = (folder / name).read_text()
    (folder / name).write_text(before + text)
    return before.count("\n") + 1


def _replace(folder, name: str, old: str, new: str) -> None:
    text = (folder / name).read_text()
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1))


def _faults(folder) -> list[str]:
    """Return what the command says is wrong; nothing may have been loaded."""
    before = (StarterItem.objects.count(), Page.objects.count(), Base.objects.count(), Milestone.objects.count())
    with pytest.raises(CommandError, match="Nothing was loaded") as fault:
        call_command("load_starter_content", folder=folder)
    assert (StarterItem.objects.count(), Page.objects.count(), Base.objects.count(), Milestone.objects.count()) == before
    assert not Topic.objects.filter(slug="a-good-topic").exists()
    return [line.strip() for line in str(fault.value).splitlines()[1:]]


def _article(folder, text: str = ARTICLE, name: str = "news/a-new-item.zh.md") -> None:
    (folder / name).write_text(text)


@pytest.mark.parametrize(
    ("table", "row", "part"),
    [
        ("topics.csv", "too-short,名\n", "2 cells"),
        ("topics.csv", "too-long,名,Name,说明,Words,more\n", "6 cells"),
        ("topics.csv", "base,基地,Bases,说明,Words\n", "“base” stands in line 2 already"),
        ("topics.csv", "no slug,名,Name,说明,Words\n", "slug"),
        ("topics.csv", "no-english,名,,说明,Words\n", "name_en"),
        ("bases.csv", BASE.format(**GOOD_BASE | {"category": "unknown"}), "“unknown” is not in categories.csv"),
        ("bases.csv", BASE.format(**GOOD_BASE | {"province": "999999"}), "“999999” is not in provinces.csv"),
        ("bases.csv", BASE.format(**GOOD_BASE | {"year": "20x2"}), "year: write a whole number"),
        ("bases.csv", BASE.format(**GOOD_BASE | {"year": "2022"}), "year_basis"),
        ("bases.csv", BASE.format(**GOOD_BASE).replace(",no,", ",maybe,"), "name_en_official: write yes or no"),
        ("evaluations.csv", "nowhere,2016,优秀,Excellent,某报道,A report,\n", "“nowhere” is not in bases.csv"),
        ("milestones.csv", "a-day,2023-02-30,某事,A thing,,,,no,某报道,A report,\n", "date: “2023-02-30”"),
        ("milestones.csv", "a-day,2023,某事,A thing,,,,no,某报道,A report,no address\n", "source_url"),
        ("figure_values.csv", "nothing,5,,2023,,,某报道,A report,,,\n", "“nothing” is not in figures.csv"),
        ("names.csv", "place,某地,,,,Some Place,maybe,,,,来源,,\n", "english_is_official: write yes or no"),
        ("names.csv", "place,某地,,,中国科协,,no,,,,来源,,\n", "chinese_variants: “中国科协”"),
        ("provinces.csv", "850000,XX,某省,Some,某,Some,90,90,abc,30\n", "longitude"),
    ],
)
def test_a_faulty_row_is_named_with_its_line(portal, folder, table, row, part):
    line = _append(folder, table, row)

    found = _faults(folder)

    assert {fault.split(": ")[0] for fault in found} == {f"{table}:{line}"}
    assert any(part in fault for fault in found), found


def test_lines_are_counted_as_an_editor_sees_them_even_after_a_cell_of_several_lines(portal, folder):
    _append(folder, "topics.csv", 'long,名,Name,"第一行\n第二行\n第三行",Words\n')
    line = _append(folder, "topics.csv", "too-short,名\n")

    assert [fault.split(": ")[0] for fault in _faults(folder)] == [f"topics.csv:{line}"]


def test_one_run_names_every_fault(portal, folder):
    _append(folder, "topics.csv", "too-short,名\n")
    _append(folder, "milestones.csv", "a-day,2023-02-30,某事,A thing,,,,no,某报道,A report,\n")
    _article(folder, "no front matter")

    assert {fault.split(":")[0] for fault in _faults(folder)} == {"topics.csv", "milestones.csv", "news/a-new-item.zh.md"}


@pytest.mark.parametrize("name", ["topics.csv", "figure_values.csv", SETTINGS_FILE, "pages", "news"])
def test_a_missing_file_is_named(portal, folder, name):
    path = folder / name
    shutil.rmtree(path) if path.is_dir() else path.unlink()

    assert any(fault.startswith(f"{name}:1: ") and "missing" in fault for fault in _faults(folder))


def test_other_columns_than_expected_are_named(portal, folder):
    _replace(folder, "topics.csv", "name_zh", "name_cn")

    (fault,) = _faults(folder)

    assert fault.startswith("topics.csv:1: the columns differ (name_cn, name_zh); expected: slug,name_zh,")


@pytest.mark.parametrize("name", ["topics.csv", "news/yanshan-university-accredited.zh.md", SETTINGS_FILE])
def test_a_file_that_is_not_utf8_is_named(portal, folder, name):
    (folder / name).write_bytes((folder / name).read_text().encode("gb18030"))

    assert any(fault.startswith(f"{name}:") and "UTF-8" in fault for fault in _faults(folder))


@pytest.mark.parametrize(
    ("old", "new", "line", "part"),
    [
        ("---\ntype", "type", 1, "front matter"),
        ("type: NewsPage\ntitle: 某条新闻\ndate: '2023-05-01'", "only text", 2, "mapping"),
        ("title: 某条新闻", "title: 某条: 新闻", 3, "YAML"),
        ("date: '2023-05-01'", "date: [1", 5, "YAML"),
        ("type: NewsPage", "type: NoPage", 2, "“NoPage” is none of"),
        ("title: 某条新闻", "title: ''", 2, "title"),
        ("date: '2023-05-01'", "date: 2023-13", 2, "2023-13"),
        ("date: '2023-05-01'", "confidence: certain\ndate: '2023'", 2, "confidence"),
        ("date: '2023-05-01'", "topics: [nothing]\ndate: '2023'", 2, "“nothing” is not in topics.csv"),
        ("date: '2023-05-01'", "topics: base\ndate: '2023'", 2, "topics"),
        ("date: '2023-05-01'", "bases: [nothing]\ndate: '2023'", 2, "“nothing” is not in bases.csv"),
        ("date: '2023-05-01'", "order: first\ndate: '2023'", 2, "order"),
        ("date: '2023-05-01'", "datum: x\ndate: '2023'", 2, "“datum” is not known"),
        ("正文。", "正文。\n\n[某页](page:nowhere)", 7, "there is no page “nowhere”"),
        ("正文。", "正文。\n\n```unknown\na: b\n```", 9, "there is no block “unknown”"),
        ("正文。", "正文。\n\n```fact-box\ntitle: 某事\n```", 9, "lacks 'text'"),
        ("正文。", "正文。\n\n```fact-box\n- 某事\n```", 9, "mapping"),
        ("正文。", "正文。\n\n```fact-box\ntitle: [1\n```", 11, "YAML"),
        ("正文。", "```fact-box\ntitle: 某事\ntext: 5\n```", 7, "wrong form"),
        ("正文。", "```dated-figure\nfigure: nothing\n```", 7, "there is no figure “nothing”"),
        ("正文。", "```table\nheader: [a, b]\nrows:\n  - [1]\n```", 7, "row 1 of the table has 1 cells"),
        ("正文。", "```related-links\nlinks: [{title: x, page: nowhere}]\n```", 7, "there is no page “nowhere”"),
        ("正文。", "```related-links\nlinks: [nowhere]\n```", 7, "wrong form"),
        ("正文。", "# 一级标题", 7, "has no place in a body"),
    ],
)
def test_a_faulty_article_is_named_with_the_line(portal, folder, old, new, line, part):
    assert old in ARTICLE
    _article(folder, ARTICLE.replace(old, new))

    found = _faults(folder)

    assert any(fault.startswith(f"news/a-new-item.zh.md:{line}: ") and part in fault for fault in found), found


@pytest.mark.parametrize(
    "name", ["news/Some Item.zh.md", "news/an-item.md", "news/an-item.fr.md", "pages/nowhere/a-page.zh.md", "news/2023.zh.md"]
)
def test_a_file_that_has_no_place_in_the_tree_is_named(portal, folder, name):
    (folder / name).parent.mkdir(exist_ok=True)
    _article(folder, ARTICLE.replace("NewsPage", "StandardPage") if name.startswith("pages") else ARTICLE, name)

    assert any(fault.startswith(f"{name}:") for fault in _faults(folder))


@pytest.mark.parametrize(
    ("old", "new", "part"),
    [
        ("site_name:", "site_title:", "site_name"),
        ("  zh: 海智计划\n", "  zh: [\n", "YAML"),
        ('icp_number: ""', "", "icp_number"),
        ('contact_email: ""', "contact_email: nobody", "contact_email"),
        ("  cast.org.cn\n", "  https://cast.org.cn/\n", "known_hosts"),
        ('public_security_number: ""', "public_security_number: '12'", "public_security_number"),
    ],
)
def test_faulty_settings_are_named(portal, folder, old, new, part):
    StarterItem.objects.filter(key=SETTINGS_FILE).delete()
    _replace(folder, SETTINGS_FILE, old, new)

    assert any(fault.startswith(f"{SETTINGS_FILE}:") and part in fault for fault in _faults(folder))
    assert SiteSettings.objects.get().site_name_zh_hans == "海智计划"


@pytest.mark.parametrize(
    ("old", "new", "part"),
    [
        ("figures: [offshore-bases,", "figures: [nothing,", "there is no figure “nothing”"),
        ("page: programme/forms-of-work", "page: nowhere", "there is no page “nowhere”"),
        ("  - figures:", "  - numbers:", "sections"),
        ("  - lead_news:", "  - lead_news\n  - x:", "sections: entry 1"),
        ("pages: [programme/what-it-is,", "page: [", "sections: entry 6"),
    ],
)
def test_a_faulty_section_of_the_front_page_is_named(portal, folder, old, new, part):
    StarterItem.objects.filter(key="pages/home.en.md").delete()
    _replace(folder, "pages/home.en.md", old, new)

    found = _faults(folder)

    assert any(fault.startswith("pages/home.en.md:2: ") and part in fault for fault in found), found


def test_a_folder_that_is_not_there_is_named(portal, tmp_path):
    with pytest.raises(CommandError, match="There is no folder"):
        call_command("load_starter_content", folder=tmp_path / "nowhere")
