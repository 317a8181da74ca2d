"""Pictures sent by staff: refused with a reason, or drawn anew so that the pixels alone are kept."""

import io
import subprocess
import sys

import pytest
from django.conf import settings
from PIL import Image

from core.models import PortalImage
from core.uploads.pictures import drawn_anew
from tests import upload_files as files
from tests.signing_in import client_of
from tests.uploading import WAYS, among_several, answer_text, by_the_form, in_the_chooser, stored

pytestmark = pytest.mark.usefixtures("portal")

SECRETS = (b"Exif", b"xmpmeta", files.COMMENT, b"GPS", b"<script>")
KINDS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "GIF": "gif"}
HTML = b"<!doctype html><script>alert(1)</script>"
REFUSED = {
    "bomb.png": (files.png_bomb(9_000, 9_000), "25"),
    "bomb.gif": (files.gif_bomb(), "25"),
    "bomb.webp": (files.webp_bomb(), "25"),
    "frames.gif": (files.animation(frames=301, size=(4, 4)), "300"),
    "large.jpg": (b"\xff\xd8\xff" + b"\0" * settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE, "10"),
    "cut.png": (files.picture(size=(300, 300))[:200], "损坏"),
    "cut.jpg": (files.picture("JPEG", (300, 300))[:400], "损坏"),
    "cut.gif": (files.picture("GIF", (300, 300))[:100], "损坏"),
    "cut.webp": (files.picture("WEBP", (300, 300))[:40], "损坏"),
    "header.png": (b"\x89PNG\r\n\x1a\n", "损坏"),
    "header.gif": (b"GIF89a", "损坏"),
    "header.jpg": (b"\xff\xd8\xff\xe0", "损坏"),
    "header.webp": (b"RIFF\x04\0\0\0WEBP", "损坏"),
    "scans.jpg": (files.picture("JPEG") + b"\xff\xda" * 200, "损坏"),
    "drawing.svg": (b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "SVG"),
    "drawing.png": (b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "SVG"),
    "page.jpg": (HTML, "SVG"),
    "page.html": (HTML, "SVG"),
    "picture.html": (files.picture(), "SVG"),
    "picture.php": (files.picture("GIF"), "SVG"),
    "bitmap.bmp": (files.picture("BMP"), "SVG"),
    "bitmap.png": (files.picture("BMP"), "SVG"),
    "scan.tiff": (files.picture("TIFF"), "SVG"),
    "document.jpg": (files.pdf(), "SVG"),
    "archive.png": (files.archive({"a.txt": b"a"}), "SVG"),
    "noise.png": (bytes(range(256)) * 20, "SVG"),
}


@pytest.fixture
def chief(staff):
    return client_of(staff("chief-editor"))


@pytest.fixture
def standing(chief) -> PortalImage:
    """A picture that stands there already, for those that come in its place."""
    by_the_form(chief, "images", files.upload("first.png", files.picture()))
    return PortalImage.objects.get()


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_what_is_no_harmless_picture_is_refused_with_its_reason(chief, standing, capsys, way):
    before = standing.file.name
    for name, (content, reason) in REFUSED.items():
        response = way(chief, "images", files.upload(name, content, "image/png"))

        assert response.status_code == 200, name
        assert reason in answer_text(response), name
    standing.refresh_from_db()
    assert (PortalImage.objects.count(), standing.file.name) == (1, before)
    with capsys.disabled():
        print(f"\n  pictures refused {way.__name__}: {len(REFUSED)}, errors of the server: 0")


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photograph_keeps_neither_place_nor_words_in_original_or_rendition(chief, standing, way, kind):
    hidden = files.photograph(kind) + b"<script>alert(1)</script>PK\x03\x04"

    way(chief, "images", files.upload("photo." + KINDS[kind], hidden))

    image = PortalImage.objects.latest("pk")
    for file in (image.file, image.get_rendition("width-960").file):
        content = stored(file)
        assert not [secret for secret in SECRETS if secret in content]
        assert not dict(Image.open(io.BytesIO(content)).getexif())
    assert (image.width, image.height) == (20, 40), "it stands upright"


@pytest.mark.parametrize("kind", ["GIF", "WEBP"])
def test_an_animation_stays_one(kind):
    drawn = drawn_anew(files.upload("a." + KINDS[kind], files.animation(kind)))

    with Image.open(drawn) as image:
        assert (image.format, image.n_frames, image.size) == (kind, 3, (40, 30))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16", "CMYK"])
def test_every_colour_mode_is_drawn(mode):
    kind = "JPEG" if mode == "CMYK" else "PNG"
    content = io.BytesIO()
    Image.new(mode, (30, 20)).save(content, kind)

    drawn = drawn_anew(files.upload("a." + KINDS[kind], content.getvalue()))

    with Image.open(drawn) as image:
        assert image.size == (30, 20)


@pytest.mark.parametrize(
    ("name", "kind", "kept"),
    [
        ("海智大会 2023.PNG", "PNG", "hai-zhi-da-hui-2023.png"),
        ("photo.png", "JPEG", "photo.jpg"),
        ("photo.jpeg", "JPEG", "photo.jpg"),
        ("no-ending", "GIF", "no-ending.gif"),
        ("\u202egnp.exe\u200b.png", "PNG", "gnp-exe.png"),
        ('"><img src=x onerror=alert(1)>.png', "PNG", "img-src-x-onerror-alert-1.png"),
        ("../../etc/passwd.png", "PNG", "passwd.png"),
        ("。。。.png", "PNG", "picture.png"),
        ("海" * 200 + ".png", "PNG", None),
        ("a" * 5_000 + ".png", "PNG", None),
    ],
)
def test_file_names_are_clean_and_short(chief, name, kind, kept):
    for way in (by_the_form, among_several, in_the_chooser):
        response = way(chief, "images", files.upload(name, files.picture(kind)), title="x" * 300 if kept is None else "标题")
        assert response.status_code in {200, 302}
        if kept is not None:
            stored = PortalImage.objects.latest("pk").filename
            assert stored.startswith(kept.rpartition(".")[0])
            assert stored.rpartition(".")[2] == kept.rpartition(".")[2]
    assert all(image.filename.isascii() and len(image.filename) < 80 for image in PortalImage.objects.all())


def test_a_file_is_not_kept_unchecked_while_another_field_is_wrong(chief):
    response = among_several(chief, "images", files.upload("a.png", files.photograph("PNG")), title="x" * 300)

    assert response.json()["success"] is False
    assert "标题" in response.json()["error_message"]
    assert not PortalImage.objects.exists()


@pytest.mark.parametrize("kind", ["images", "documents"])
@pytest.mark.parametrize("fields", [{}, {"files[]": "text"}, {"other": files.upload("a.png", files.picture())}])
def test_adding_several_without_a_file_is_a_bad_request(chief, kind, fields):
    assert chief.post(f"/admin/{kind}/multiple/add/", fields).status_code == 400


MEASURED = """
import resource, sys, django
django.setup()
from django.core.exceptions import ValidationError
from core.uploads.pictures import drawn_anew
from tests import upload_files as files
name, content = "a." + sys.argv[1].rpartition("_")[0][:4], getattr(files, sys.argv[1])()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    drawn_anew(files.upload(name, content))
    refused = False
except ValidationError:
    refused = True
print(refused, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


@pytest.mark.parametrize("bomb", ["png_bomb", "gif_bomb", "webp_bomb"])
def test_a_bomb_takes_no_memory(bomb, capsys):
    result = subprocess.run(
        [sys.executable, "-c", MEASURED, bomb], cwd=settings.BASE_DIR, capture_output=True, text=True, check=True
    )
    refused, megabytes = result.stdout.split()
    with capsys.disabled():
        print(f"\n  {bomb}: refused {refused}, {megabytes} MB taken")
    assert refused == "True"
    assert int(megabytes) < 20
