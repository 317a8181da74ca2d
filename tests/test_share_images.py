"""Share images, QR codes, icons and the manifest: what other services and phones fetch of a page."""

import json
from io import BytesIO

import lxml.html
import pytest
from django.contrib.staticfiles import finders
from django.core.files.storage import FileSystemStorage
from lxml import etree
from PIL import Image, ImageDraw
from wagtail.models import PageViewRestriction

from core import share_images, typesetting
from news.models import NewsPage

pytestmark = pytest.mark.usefixtures("portal")

ARTICLE = "/zh/news/yanshan-university-accredited/"
CHINESE_ONLY = "jiujiang-working-base-unveiled"


@pytest.fixture(autouse=True)
def _own_files(monkeypatch, tmp_path):
    monkeypatch.setattr(share_images, "default_storage", FileSystemStorage(location=tmp_path))


def shared(client, path: str) -> str:
    """Return the path of the share image that the page at `path` names."""
    head = lxml.html.fromstring(client.get(path).content.decode()).head
    (address,) = head.xpath("meta[@property='og:image']/@content")
    return address.removeprefix("http://127.0.0.1:8000")


@pytest.mark.parametrize(
    "path", ["/zh/", "/en/", ARTICLE, "/en/bases/yanshan-university/", "/zh/news/2023/", "/en/programme/kinds-of-base/"]
)
def test_every_page_has_a_share_image_of_the_size_that_readers_show(client, path):
    response = client.get(shared(client, path))

    assert response.headers["Content-Type"] == "image/png"
    assert Image.open(BytesIO(response.content)).size == (1200, 630)
    assert len(response.content) < 100_000


def test_a_share_image_is_drawn_once_and_kept(client, monkeypatch, tmp_path):
    first = client.get(shared(client, ARTICLE)).content
    (kept,) = (tmp_path / "share").iterdir()
    assert kept.read_bytes() == first

    monkeypatch.setattr(share_images, "draw", lambda *args: pytest.fail("the picture was drawn again"))

    assert client.get(shared(client, ARTICLE)).content == first


def test_a_changed_title_has_a_picture_of_its_own(client):
    before = client.get(shared(client, ARTICLE)).content
    page = NewsPage.objects.get(url_path=ARTICLE)
    page.title = "另一个标题"
    page.save_revision().publish()

    assert client.get(shared(client, ARTICLE)).content != before


def test_without_a_chinese_font_the_pattern_stands_alone(monkeypatch):
    monkeypatch.setattr(share_images, "font", lambda size: None)
    monkeypatch.setattr(ImageDraw.ImageDraw, "text", lambda *args, **kwargs: pytest.fail("a text was set without a font"))

    picture = Image.open(BytesIO(share_images.draw("海智计划", "event", "海智计划")))

    assert picture.size == (1200, 630)
    assert len(picture.convert("RGB").getcolors(100_000)) > 2


@pytest.mark.parametrize(
    "path",
    [
        *("/share/zh/nothing/card.png", "/share/fr/card.png", "/share/zh/news/nothing/card.png"),
        *(f"/share/en/news/{CHINESE_ONLY}/card.png", "/share/zh/../admin/card.png", "/share/card.png"),
        *("/share/zh//card.png", "/share/zh//news/card.png", "/share/zh/news//card.png", "/share/zh/news///2023/card.png"),
    ],
)
def test_there_is_no_share_image_of_what_is_no_page(client, path):
    assert client.get(path).status_code == 404


def test_there_is_no_share_image_of_what_is_not_public(client):
    page, address = NewsPage.objects.get(url_path=ARTICLE), shared(client, ARTICLE)
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert client.get(address).status_code == 404
    restriction.delete()
    assert client.get(address).status_code == 200

    page.unpublish()

    assert client.get(address).status_code == 404


def test_a_picture_is_delivered_even_when_it_cannot_be_kept(client, monkeypatch, caplog):
    monkeypatch.setattr(share_images.default_storage, "save", lambda *args: (_ for _ in ()).throw(OSError("no space left")))

    assert client.get(shared(client, ARTICLE)).status_code == 200
    assert "could not be kept" in caplog.text


def test_lines_break_where_each_script_breaks():
    face = typesetting.font(40)
    if face is None:
        pytest.skip("no font of both scripts is installed")
    chinese = typesetting.break_lines("燕山大学获认定为海智基地，河北首家。", face, 400, 4)
    english = typesetting.break_lines("Yanshan University accredited as a base", face, 400, 4)
    cut = typesetting.break_lines("海智计划" * 40, face, 400, 2)

    assert "".join(chinese) == "燕山大学获认定为海智基地，河北首家。"
    assert not any(line[0] in typesetting.NEVER_FIRST for line in chinese)
    assert " ".join(english) == "Yanshan University accredited as a base"
    assert len(cut) == 2
    assert cut[-1].endswith("…")


def test_the_qr_code_of_a_page_is_a_drawing_that_leads_to_it(client):
    response = client.get(f"/qr{ARTICLE}code.svg")

    assert response.headers["Content-Type"] == "image/svg+xml"
    assert etree.fromstring(response.content).tag == "{http://www.w3.org/2000/svg}svg"
    assert response.content != client.get("/qr/zh/code.svg").content


@pytest.mark.parametrize("path", ["/qr/code.svg", "/qr/fr/code.svg", "/qr/admin/code.svg", f"/qr/zh/{'x' * 400}/code.svg"])
def test_a_qr_code_leads_nowhere_but_to_the_portal(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(("prefix", "name", "tag"), [("zh", "海智计划", "zh-Hans"), ("en", "HOME Program", "en")])
def test_the_manifest_names_the_portal_in_its_language(client, prefix, name, tag):
    response = client.get(f"/manifest-{prefix}.webmanifest")
    manifest = json.loads(response.content)

    assert response.headers["Content-Type"] == "application/manifest+json"
    assert (manifest["name"], manifest["lang"], manifest["start_url"]) == (name, tag, f"/{prefix}/")
    for icon in manifest["icons"]:
        with Image.open(finders.find(icon["src"].removeprefix("/static/"))) as picture:
            assert icon["sizes"] == f"{picture.width}x{picture.height}"


def test_browsers_find_the_icon_where_they_look_for_it(client):
    response = client.get("/favicon.ico")

    assert response.status_code == 302
    assert finders.find(response.headers["Location"].removeprefix("/static/"))
    assert client.get("/manifest-fr.webmanifest").status_code == 404


def test_nobody_draws_their_own_words(client):
    plain = client.get("/share/zh/search/card.png").content

    assert client.get("/share/zh/search/card.png?q=%E8%B0%A3%E8%A8%80").content == plain
