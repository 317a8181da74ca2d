"""Documents sent by staff: what a file holds must be what its name says, and nothing in it may run."""

import pytest
from django.conf import settings
from wagtail.documents import get_document_model

from core.uploads.documents import checked
from tests import upload_files as files
from tests.signing_in import client_of
from tests.uploading import WAYS, among_several, answer_text, by_the_form, stored

pytestmark = pytest.mark.usefixtures("portal")

Document = get_document_model()
HTML = b"<!doctype html><script>alert(1)</script>"
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
JAVASCRIPT = b"/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>"

TAKEN = {
    "plain.pdf": files.pdf(),
    "first-page.pdf": files.pdf(b"/OpenAction [3 0 R /Fit]"),
    "goto.pdf": files.pdf(b"/OpenAction << /S /GoTo /D [3 0 R /Fit] >>"),
    "packed.pdf": files.pdf_with_object_stream(b"<< /Type /Catalog >> << /Type /Pages >>"),
    "text.docx": files.office("docx"),
    "sheet.xlsx": files.office("xlsx"),
    "slides.pptx": files.office("pptx"),
    "text.odt": files.open_document("odt"),
    "sheet.ods": files.open_document("ods"),
    "old.doc": files.old_office("WordDocument"),
    "old.xls": files.old_office("Workbook"),
    "old.ppt": files.old_office("PowerPoint Document"),
    "list.csv": "\ufeff名称,年份\n燕山大学,2023\n".encode(),
    "old-list.csv": "名称,年份\n燕山大学,2023\n".encode("gb18030"),
    "note.txt": "一段话 a < b".encode(),
    "wide.txt": "一段话".encode("utf-16"),
    "papers.zip": files.archive({"申报/表格.docx": b"x", "photo.jpg": b"y"}),
}
WRONG, PACKED, ACTIVE_PDF, ACTIVE = "不是可以打开的", "解压", "脚本", "宏"
REFUSED = {
    "page.pdf": (HTML, WRONG),
    "page.txt": (HTML, WRONG),
    "page.csv": (b"\n \xef\xbb\xbf<html><body onload=alert(1)>", WRONG),
    "later.txt": (b"words, then\n<script>alert(1)</script>", WRONG),
    "wide.txt": ("<script>alert(1)</script>".encode("utf-16"), WRONG),
    "drawing.txt": (SVG, WRONG),
    "drawing.pdf": (SVG, WRONG),
    "program.pdf": (b"MZ\x90\0" + b"\0" * 200, WRONG),
    "program.txt": (b"\x7fELF" + b"\0" * 200, WRONG),
    "letter.doc": (HTML, WRONG),
    "letter.docx": (HTML, WRONG),
    "letter.docx ": (files.office("docx"), "种类"),
    "sheet.docx": (files.office("xlsx"), WRONG),
    "text.ods": (files.open_document("odt"), WRONG),
    "slides.xls": (files.old_office("PowerPoint Document"), WRONG),
    "page.html": (HTML, "种类"),
    "drawing.svg": (SVG, "种类"),
    "page.xhtml": (HTML, "种类"),
    "program.exe": (b"MZ", "种类"),
    "macros.docm": (files.office("docx"), "种类"),
    "double.pdf.html": (files.pdf(), "种类"),
    "no-ending": (files.pdf(), "种类"),
    "script.pdf": (files.pdf(JAVASCRIPT), ACTIVE_PDF),
    "hidden-name.pdf": (files.pdf(b"/OpenAction << /S /J#61vaScript /JS (x) >>"), ACTIVE_PDF),
    "launch.pdf": (files.pdf(b"/AA << /O << /S /Launch /F (cmd.exe) >> >>"), ACTIVE_PDF),
    "form.pdf": (files.pdf(b"/A << /S /SubmitForm /F (https://evil.example) >>"), ACTIVE_PDF),
    "attached.pdf": (files.pdf(b"/Names << /EmbeddedFiles 5 0 R >>"), ACTIVE_PDF),
    "opens-web.pdf": (files.pdf(b"/OpenAction << /S /URI /URI (https://evil.example) >>"), ACTIVE_PDF),
    "opens-far.pdf": (
        files.pdf(b"/OpenAction 9 0 R") + b"9 0 obj << /S /URI /URI (https://evil.example) >>\n%%EOF",
        ACTIVE_PDF,
    ),
    "packed.pdf": (files.pdf_with_object_stream(JAVASCRIPT), ACTIVE_PDF),
    "unpackable.pdf": (files.pdf(name=b"/ObjStm"), "无法检查"),
    "protected.pdf": (files.pdf(b"/Encrypt 7 0 R"), "加密"),
    "endless.pdf": (b"%PDF-1.7\n1 0 obj", WRONG),
    "late.pdf": (HTML + files.pdf(), WRONG),
    "macros.docx": (files.office("docx", {"word/vbaProject.bin": b"x"}), ACTIVE),
    "typed.xlsx": (files.office("xlsx", types="<Default ContentType='application/vnd.ms-office.vbaProject'/>"), ACTIVE),
    "template.docx": (
        files.office("docx", {"word/_rels/settings.xml.rels": b'<R Type="attachedTemplate" TargetMode="External"/>'}),
        ACTIVE,
    ),
    "basic.odt": (files.open_document("odt", {"Basic/Standard/Module1.xml": b"x"}), ACTIVE),
    "macros.doc": (files.old_office("WordDocument", "_VBA_PROJECT"), ACTIVE),
    "package.xls": (files.old_office("Workbook", "\x01Ole10Native"), ACTIVE),
    "bomb.zip": (files.archive({"a.txt": b"\0" * 60_000_000}), PACKED),
    "bomb.docx": (files.archive({"[Content_Types].xml": b"\0" * 60_000_000}), PACKED),
    "program.zip": (files.archive({"setup.exe": b"MZ"}), "setup.exe"),
    "page.zip": (files.archive({"index.html": HTML}), "index.html"),
    "nested.zip": (files.archive({"a.zip": b"PK"}), "a.zip"),
    "climbing.zip": (files.archive({"../../a.txt": b"a"}), WRONG),
    "before.zip": (HTML + files.archive({"a.txt": b"a"}), WRONG),
    "after.zip": (files.archive({"a.txt": b"a"}) + HTML, WRONG),
    "cut.zip": (files.archive({"a.txt": b"a" * 500})[:60], WRONG),
    "broken.docx": (files.office("docx").replace(b"PK\x01\x02", b"PK\x09\x09"), WRONG),
}


@pytest.fixture
def chief(staff):
    return client_of(staff("chief-editor"))


@pytest.fixture
def standing(chief):
    by_the_form(chief, "documents", files.upload("first.pdf", files.pdf()))
    return Document.objects.get()


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_a_document_that_lies_or_acts_is_refused_with_its_reason(chief, standing, capsys, way):
    before = standing.file.name
    for name, (content, reason) in REFUSED.items():
        response = way(chief, "documents", files.upload(name, content, "application/pdf"))

        assert response.status_code == 200, name
        assert reason in answer_text(response), name
    standing.refresh_from_db()
    assert (Document.objects.count(), standing.file.name) == (1, before)
    with capsys.disabled():
        print(f"\n  documents refused {way.__name__}: {len(REFUSED)}, errors of the server: 0")


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_an_honest_document_is_taken_as_it_is(chief, standing, way):
    for name, content in TAKEN.items():
        way(chief, "documents", files.upload(name, content))

        document = Document.objects.latest("pk") if way is not WAYS[-1] else Document.objects.get()
        assert stored(document.file) == content, name
        assert document.filename.startswith(name.partition(".")[0] + "-"), name


def test_a_document_beyond_the_limit_is_refused_unread():
    class Endless:
        name, size = "large.pdf", settings.WAGTAILDOCS_MAX_UPLOAD_SIZE + 1

    with pytest.raises(Exception, match="50"):
        checked(Endless())


def test_large_documents_on_disk_are_checked_like_small_ones(chief, settings):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10

    response = among_several(chief, "documents", files.upload("script.pdf", files.pdf(JAVASCRIPT)))
    assert response.json()["success"] is False

    assert among_several(chief, "documents", files.upload("plain.pdf", files.pdf())).json()["success"] is True


def test_two_documents_of_one_name_have_addresses_that_cannot_be_guessed(chief):
    for _time in range(2):
        by_the_form(chief, "documents", files.upload("年度报告.PDF", files.pdf()))

    first, second = (document.filename for document in Document.objects.all())
    assert first.startswith("nian-du-bao-gao-")
    assert first.endswith(".pdf")
    assert first != second
    assert len(first) >= len("nian-du-bao-gao-.pdf") + 16
