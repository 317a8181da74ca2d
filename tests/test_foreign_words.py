"""Words of the other language in a text carry its `lang`, and nothing else of the text changes."""

import lxml.html
import pytest
from django.utils import translation
from django.utils.safestring import mark_safe

from core.foreign_words import with_languages


@pytest.mark.parametrize(
    ("code", "text", "shown"),
    [
        ("en", "the HOME Program (海智计划), begun", 'the HOME Program (<span lang="zh-Hans">海智计划</span>), begun'),
        ("en", "No. 新科协发〔2023〕113号 of 2023", 'No. <span lang="zh-Hans">新科协发〔2023〕113号</span> of 2023'),
        ("en", "nothing foreign", "nothing foreign"),
        (
            "zh-hans",
            "全称Help Our Motherland through Elite，简称HOME Program。",
            '全称<span lang="en">Help Our Motherland through Elite</span>，简称HOME Program。',
        ),
        ("zh-hans", "全是中文", "全是中文"),
        ("en", "<b>海智</b>", '&lt;b&gt;<span lang="zh-Hans">海智</span>&lt;/b&gt;'),
        ("en", mark_safe('<a title="海智">海智</a>'), '<a title="海智"><span lang="zh-Hans">海智</span></a>'),
    ],
)
def test_runs_of_the_other_language_are_marked(code, text, shown):
    with translation.override(code):
        assert with_languages(text) == shown


@pytest.mark.parametrize("path", ["/en/programme/what-it-is/", "/en/programme/figures-and-sources/", "/en/search/?q=基地"])
def test_no_chinese_word_of_an_english_text_is_without_its_language(portal, client, path):
    tree = lxml.html.document_fromstring(client.get(path).content.decode())

    unmarked = [
        text.strip()
        for text in tree.xpath("//main//text()[not(ancestor::script) and not(ancestor::*[starts-with(@lang, 'zh')])]")
        if any("\u4e00" <= character <= "\u9fff" for character in text)
    ]
    assert unmarked == []
