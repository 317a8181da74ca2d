"""A Word document becomes a draft in the writer's hands, and what is pasted into it from Word and WeChat is text alone."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.e2e.admin_forms import at_rest, follow, saved
from tests.word_documents import full_document

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word"><head>
<meta name=Generator content="Microsoft Word 15"><style>p.MsoNormal {mso-style-unhide:no; font-family:仿宋}</style></head>
<body lang=ZH-CN><!--StartFragment-->
<p class=MsoNormal style='text-indent:32.0pt;mso-char-indent-count:2.0'><span style='font-size:16pt;font-family:仿宋;
background:yellow'>\u3000\u3000来自Word的<b style='mso-bidi-font-weight:normal'>一段</b>，<span lang=EN-US><a
href="https://www.cast.org.cn/">科协</a>&nbsp;&nbsp;&nbsp;<a href="javascript:alert(1)">危险</a><o:p></o:p></span></span></p>
<p class=MsoNormal><span lang=EN-US><o:p>&nbsp;</o:p></span></p>
<!--EndFragment--></body></html>"""
WECHAT = """<section style="background-image: url(&quot;https://mmbiz.example/bg.png&quot;);"><section powered-by="xiumi">
<p style="color: rgb(62, 62, 62); letter-spacing: 2px;"><span leaf="">\u200b来自微信的\u200b一段&nbsp;&nbsp; </span></p>
<p><img data-src="https://mmbiz.example/1.png" src="https://mmbiz.example/1.png"></p><p><br></p>
<p style="text-indent: 2em;"><span style="font-size: 15px;">另一段。</span></p></section></section>"""
FIELD = "input[name=body-1-value]"
PASTE = """(editor, html) => {
    const data = new DataTransfer();
    data.setData("text/html", html);
    data.setData("text/plain", new DOMParser().parseFromString(html, "text/html").body.textContent);
    editor.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
}"""


def stored_text(page) -> dict:
    """Return the first rich text of the body as the editor was given it."""
    return json.loads(page.locator(FIELD).input_value())


def test_a_word_document_becomes_a_draft_and_pasting_leaves_text_alone(sign_in, server):
    writer, asked = sign_in("writer"), []
    writer.goto(f"{server}/admin/")
    follow(writer.locator(".sidebar a[href='/admin/news/word/']"))
    writer.set_input_files("#id_file", {"name": "会议.docx", "mimeType": "application/x", "buffer": full_document()})
    follow(writer.get_by_role("button", name="导入为草稿"))
    saved(writer)
    expect(writer.locator(".word-findings")).to_contain_text("危险")
    follow(writer.get_by_role("link", name="打开草稿"))
    expect(writer).to_have_url(re.compile("/edit/$"))
    expect(writer.locator("#id_title")).to_have_value("海智计划工作会议召开")
    expect(writer.locator("#id_date")).to_have_value("2023-05-06")

    writer.on("request", lambda request: asked.append(request.url) if not request.url.startswith(server) else None)
    editor = writer.locator("section[id$=-body-section] [role=textbox]").first
    for html, shown, kept in (
        (WORD, "来自Word的一段", ["来自Word的一段，科协 危险"]),
        (WECHAT, "另一段", ["来自微信的一段", "另一段。"]),
    ):
        editor.click()
        writer.keyboard.press("Control+a")
        editor.evaluate(PASTE, html)
        # The editor hands on what stands in it after a moment.
        expect(writer.locator(FIELD)).to_have_value(re.compile(shown))
        at_rest(writer)
        writer.locator("button.action-save").first.click()
        saved(writer)
        writer.reload()
        stored = stored_text(writer)
        assert [block["text"] for block in stored["blocks"]] == kept
        assert {block["type"] for block in stored["blocks"]} == {"unstyled"}
        assert {style["style"] for block in stored["blocks"] for style in block["inlineStyleRanges"]} <= {"BOLD"}
        links = [entity["data"].get("url") for entity in stored["entityMap"].values()]
        assert links == (["https://www.cast.org.cn/"] if html is WORD else [])
    assert [url for url in asked if not url.startswith(("data:", "blob:"))] == []
