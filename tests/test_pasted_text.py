"""Rich text as it comes out of Word and WeChat is kept without what only sets it apart."""

import json

import pytest

from core.blanks import tidy_rich_text
from core.rich_text_editor import PortalRichTextArea


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("<p>　　两格缩进。</p><p>\xa0\xa0 缩进\xa0\xa0和 \xa0 空格 </p>", "<p>两格缩进。</p><p>缩进 和 空格</p>"),
        ("<p>一</p><p></p><p> \xa0</p><p><br/></p><p><b> </b></p><p>二</p>", "<p>一</p><p>二</p>"),
        ("<ul><li> 一 </li><li>\xa0</li></ul><ol><li></li></ol>", "<ul><li>一</li></ul>"),
        ("<p><b>　开头</b>和<a href='https://a.org/?b=1&amp;c'>结尾 </a></p>", None),
        ("<p>一行<br/> 下一行<br/></p>", "<p>一行<br/>下一行</p>"),
        ("<p>张　三</p><p>A B</p>", "<p>张　三</p><p>A B</p>"),
        ('<p data-block-key="a1b2c">不变 <b>也不变</b></p>', '<p data-block-key="a1b2c">不变 <b>也不变</b></p>'),
        ("<ul><li>一<ul><li>二</li></ul></li></ul><hr/>", "<ul><li>一<ul><li>二</li></ul></li></ul><hr/>"),
    ],
)
def test_indents_runs_of_blanks_and_empty_paragraphs_go(pasted, kept):
    kept = kept or '<p><b>开头</b>和<a href="https://a.org/?b=1&amp;c">结尾</a></p>'

    assert tidy_rich_text(pasted) == kept
    assert tidy_rich_text(kept) == kept


def test_the_editor_keeps_tidy_text_without_javascript_too():
    texts = ("　　第一段。\u200b", "\xa0", "第\xa0\xa0二段。")
    blocks = [
        {"key": f"key{number}", "text": text, "type": "unstyled", "depth": 0, "inlineStyleRanges": [], "entityRanges": []}
        for number, text in enumerate(texts)
    ]
    sent = json.dumps({"blocks": blocks, "entityMap": {}})

    stored = PortalRichTextArea(features=["bold"]).value_from_datadict({"body": sent}, {}, "body")

    assert stored == '<p data-block-key="key0">第一段。</p><p data-block-key="key2">第 二段。</p>'
