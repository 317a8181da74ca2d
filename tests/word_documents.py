"""Word documents as Word and WPS write them, and as careless programs and intruders do, made here."""

import io
import zipfile

import docx
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt

from tests.upload_files import picture


def send(client, content: bytes, name: str = "通知.docx", **fields):
    """Send a document through the admin's form and return the page that one is led to."""
    return client.post(reverse("news_from_word"), {"file": SimpleUploadedFile(name, content)} | fields, follow=True)


def saved(document) -> bytes:
    output = io.BytesIO()
    document.save(output)
    return output.getvalue()


def with_parts(content: bytes, change) -> bytes:
    """Return the document with `change` applied to the dict of its parts."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return output.getvalue()


def with_xml(xml: str, content: bytes | None = None) -> bytes:
    """Return a document (of one paragraph, unless `content` is one) with `xml` as its last paragraphs."""
    if content is None:
        document = docx.Document()
        document.add_paragraph("标题一行")
        content = saved(document)
    namespaces = nsdecls("w", "r", "wp", "a", "pic") + "".join(
        f' xmlns:{prefix}="{uri}"'
        for prefix, uri in (
            ("m", "http://schemas.openxmlformats.org/officeDocument/2006/math"),
            ("mc", "http://schemas.openxmlformats.org/markup-compatibility/2006"),
            ("wps", "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"),
            ("v", "urn:schemas-microsoft-com:vml"),
            ("o", "urn:schemas-microsoft-com:office:office"),
            ("c", "http://schemas.openxmlformats.org/drawingml/2006/chart"),
        )
    )

    def change(parts: dict) -> None:
        document = docx.Document(io.BytesIO(content))
        body = document.element.body
        for element in parse_xml(f"<w:body {namespaces}>{xml}</w:body>"):
            body.insert(len(body) - 1, element)
        with zipfile.ZipFile(io.BytesIO(saved(document))) as archive:
            parts |= {name: archive.read(name) for name in archive.namelist()}

    return with_parts(content, change)


def paragraph(document, text: str, bold=False, centred=False, size=None, font=None, style=None):
    added = document.add_paragraph(style=style)
    run = added.add_run(text)
    run.bold = bold or None
    if size:
        run.font.size = Pt(size)
    if font:
        run.font.name = font
    if centred:
        added.alignment = WD_ALIGN_PARAGRAPH.CENTER
    return added


def link(added, address: str, text: str) -> None:
    """Add a link to a paragraph as Word writes it."""
    element = OxmlElement("w:hyperlink")
    element.set(qn("r:id"), added.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    run = OxmlElement("w:r")
    words = OxmlElement("w:t")
    words.text = text
    run.append(words)
    element.append(run)
    added._p.append(element)


def add_picture(document, content: bytes, alt_text: str = "") -> None:
    document.add_picture(io.BytesIO(content))
    document.paragraphs[-1]._p.xpath(".//wp:docPr")[0].set("descr", alt_text)


def with_notes(content: bytes, *notes: str) -> bytes:
    """Return the document with footnotes, referred to from paragraphs of their own at its end."""
    references = "".join(
        f'<w:p><w:r><w:t>见注{number}</w:t></w:r><w:r><w:footnoteReference w:id="{number}"/></w:r></w:p>'
        for number in range(1, len(notes) + 1)
    )
    texts = "".join(
        f'<w:footnote w:id="{number}"><w:p><w:r><w:t>{note}</w:t></w:r></w:p></w:footnote>'
        for number, note in enumerate(notes, start=1)
    )

    def change(parts: dict) -> None:
        parts["word/footnotes.xml"] = f"<w:footnotes {nsdecls('w')}>{texts}</w:footnotes>".encode()

    return with_parts(with_xml(references, content), change)


def full_document() -> bytes:
    """Return a document with one of each thing that the portal takes over."""
    document = docx.Document()
    document.add_paragraph("海智计划工作会议召开", style="Title")
    paragraph(document, "来源：科技日报　2023年5月6日")
    document.add_paragraph("会议概况", style="Heading 1")
    first = paragraph(document, "　　会议有\xa0\xa0120人参加，")
    first.add_run("意义重大").bold = True
    first.add_run("。面积10")
    first.add_run("2").font.superscript = True
    link(first, "https://www.cast.org.cn/?a=1&b=2", "中国科协")
    link(first, "javascript:alert(1)", "危险")
    document.add_paragraph("")
    document.add_paragraph("议程", style="Heading 2")
    document.add_paragraph("第一项", style="List Number")
    document.add_paragraph("第二项", style="List Number")
    document.add_paragraph("要点", style="List Bullet")
    document.add_paragraph("开放合作，互利共赢。", style="Quote")
    document.add_paragraph("——与会者", style="Quote")
    add_picture(document, picture("JPEG", (60, 40)), "会场全景")
    paragraph(document, "图1　会场", centred=True)
    add_picture(document, picture("PNG"), "图片 1")
    paragraph(document, "表1　各地人数", centred=True)
    table = document.add_table(rows=3, cols=2)
    for row, texts in zip(table.rows, (("地区", "人数"), ("河北", "12"), ("山东", "9")), strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    return with_notes(saved(document), "据会议材料。", "以发布为准。")


def wps_document() -> bytes:
    """Return a document as offices write it in WPS: no styles, a title of two centred lines, numbers by hand, soft breaks."""
    document = docx.Document()
    for text in ("关于开展海智基地", "申报工作的通知"):
        paragraph(document, text, bold=True, centred=True, size=22, font="方正小标宋简体")
    paragraph(document, "各有关单位：")
    paragraph(document, "一、申报条件", font="黑体")
    paragraph(document, "　　具备下列条件之一。")
    paragraph(document, "（一）工作基础", bold=True)
    broken = paragraph(document, "　　第一句话。")
    run = broken.add_run("第二行接")
    run.add_break(WD_BREAK.LINE)
    run.add_text("着写。")
    run.add_break(WD_BREAK.LINE)
    run.add_text("　　另起一段。")
    paragraph(document, "二、这一条写得很长，是正文里的一句话，不是标题。", bold=True)
    paragraph(document, "1. 不加粗的编号是正文")
    return saved(document)


#: XML that stands in a body, by the kind of finding that it gives.
LEFTOVERS = {
    "changes": (
        '<w:p><w:r><w:t>改过的一段</w:t></w:r><w:ins w:id="1" w:author="甲"><w:r><w:t>加</w:t></w:r></w:ins>'
        '<w:del w:id="2" w:author="甲"><w:r><w:delText>删</w:delText></w:r></w:del></w:p>'
    ),
    "comments": '<w:p><w:r><w:t>有批注</w:t></w:r><w:r><w:commentReference w:id="0"/></w:r></w:p>',
    "text_boxes": (
        "<w:p><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx><w:txbxContent><w:p><w:r><w:t>框内"
        "</w:t></w:r></w:p></w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>"
        "<w:txbxContent><w:p><w:r><w:t>框内</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r><w:r><w:t>框外</w:t></w:r></w:p>"
    ),
    "lost_text_boxes": (
        "<w:p><w:r><w:drawing><wps:txbx><w:txbxContent><w:p><w:r><w:t>丢失的框</w:t></w:r></w:p></w:txbxContent></wps:txbx>"
        "</w:drawing></w:r></w:p>"
    ),
    "formulas": "<w:p><w:r><w:t>其中</w:t></w:r><m:oMath><m:r><m:t>E=mc</m:t></m:r></m:oMath></w:p>",
    "drawings": (
        '<w:p><w:r><w:drawing><wp:inline><a:graphic><a:graphicData uri="c"><c:chart r:id="rId9"/></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r></w:p>"
    ),
    "objects": '<w:p><w:r><w:object><o:OLEObject Type="Embed" ProgID="Excel.Sheet.12"/></w:object></w:r></w:p>',
    "fields": '<w:p><w:fldSimple w:instr="DATE"><w:r><w:t>2023</w:t></w:r></w:fldSimple></w:p>',
    "ruby": "<w:p><w:r><w:ruby><w:rubyBase><w:r><w:t>汉</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>",
    "symbols": '<w:p><w:r><w:sym w:font="Nobody" w:char="F0FF"/><w:t>符号</w:t></w:r></w:p>',
    "missing_notes": '<w:p><w:r><w:t>注</w:t><w:footnoteReference w:id="77"/></w:r></w:p>',
    "struck": "<w:p><w:r><w:rPr><w:strike/></w:rPr><w:t>划掉的字</w:t></w:r></w:p>",
    "linked_pictures": (
        '<w:p><w:r><w:drawing><wp:inline><wp:docPr id="1" name="x"/><a:graphic><a:graphicData uri="p"><pic:pic><pic:blipFill>'
        '<a:blip r:link="rId1"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>'
    ),
}
