"""What of the uploaded files a stranger can ask for, and how it is answered."""

import re
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings
from django.urls import NoReverseMatch, reverse
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, CollectionViewRestriction

from core.pictures import SHOWN
from news.models import NewsPage
from tests import upload_files as files
from tests.signing_in import client_of
from tests.uploading import by_the_form

pytestmark = pytest.mark.usefixtures("portal")

ARTICLE = "/zh/news/yanshan-university-accredited/"
TEMPLATES = Path(settings.BASE_DIR) / "templates"


@pytest.fixture
def chief(staff):
    return client_of(staff("chief-editor"))


@pytest.fixture
def document(chief):
    by_the_form(chief, "documents", files.upload("年度报告.pdf", files.pdf()), title="2023年度报告：“海智”")
    return get_document_model().objects.get()


@pytest.fixture
def image(chief):
    by_the_form(chief, "images", files.upload("photo.jpg", files.photograph()))
    return get_image_model().objects.get()


@pytest.fixture
def article(image) -> NewsPage:
    """A live news item with a lead picture and the same picture in its text."""
    page = NewsPage.objects.get(url_path=ARTICLE)
    page.lead_image = page.share_image = image
    page.body = [("figure", {"image": image, "caption": "说明"})]
    page.save_revision().publish()
    return page


def _download(client, document):
    """Return the answer to a request for `document`, read to its end and closed."""
    response = client.get(document.url)
    if response.streaming:
        response.body = response.getvalue()
        response.close()
    return response


def _sources(client, address: str = ARTICLE) -> set[str]:
    return set(re.findall(r"/media/[^\"]+", client.get(address).content.decode()))


def test_a_document_is_always_saved_and_never_shown(client, document):
    response = _download(client, document)

    assert response.body == files.pdf()
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    disposition = response.headers["Content-Disposition"]
    assert disposition.startswith(f'attachment; filename="{document.filename}"; ')
    assert disposition.endswith("filename*=UTF-8''" + quote("2023年度报告：“海智”.pdf", safe=""))


def test_every_kind_of_document_has_a_type_of_its_own_that_no_browser_runs():
    assert set(settings.WAGTAILDOCS_CONTENT_TYPES) == set(settings.WAGTAILDOCS_EXTENSIONS)
    assert not {kind for kind in settings.WAGTAILDOCS_CONTENT_TYPES.values() if "html" in kind or "svg" in kind}


@pytest.mark.parametrize(
    "title", ["x\r\nSet-Cookie: a=b", 'a"; filename="b.html', "../../etc/passwd", "\u202egpj", "", "." * 90]
)
def test_no_title_breaks_out_of_the_headers(client, document, title):
    get_document_model().objects.update(title=title)

    response = _download(client, document)

    assert response.status_code == 200
    assert re.fullmatch(
        r"attachment; filename=\"[\w.-]+\"; filename\*=UTF-8''[\w%.~-]+\.pdf", response.headers["Content-Disposition"]
    )


def test_a_restricted_document_is_for_those_who_may_and_kept_by_no_cache(client, chief, document):
    collection = Collection.get_first_root_node().add_child(name="内部")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type=CollectionViewRestriction.LOGIN)
    document.collection = collection
    document.save()

    stranger, member = _download(client, document), _download(chief, document)

    assert stranger.status_code in {302, 403}
    assert b"%PDF" not in stranger.content
    assert member.status_code == 200
    assert all("no-store" in response.headers["Cache-Control"] for response in (stranger, member))


@pytest.mark.parametrize("number", ["999999999", "9" * 30, "9" * 3_000, "-1", "１", "1e3", "abc", ""])
def test_a_document_that_is_not_there_is_not_found(client, number):
    assert client.get(f"/documents/{number}/a.pdf").status_code == 404


def test_a_document_answers_to_its_whole_name_alone(client, document):
    for name in ("nian-du-bao-gao.pdf", "a.pdf", document.filename + "/", document.filename.upper()):
        assert client.get(f"/documents/{document.pk}/{name}").status_code == 404


def test_a_document_whose_file_is_gone_is_not_found(client, document):
    document.file.storage.delete(document.file.name)

    assert client.get(document.url).status_code == 404


def test_originals_and_documents_lie_where_no_web_server_looks(client, document, image):
    for item in (document, image):
        path = Path(item.file.path)
        assert path.is_relative_to(settings.PRIVATE_MEDIA_ROOT)
        assert not path.is_relative_to(settings.MEDIA_ROOT)
        assert client.get(f"/media/{item.file.name}").status_code == 404
        with pytest.raises(NotImplementedError):
            _ = item.file.url


def test_a_rendition_has_an_address_that_nobody_guesses(client, article):
    sources = _sources(client)

    assert len(sources) == len({"fill-960x540", "width-960", "fill-1200x630"})
    assert all(re.search(r"\.[0-9a-f]{32}\.jpg$", source) for source in sources)
    for source in sources:
        response = client.get(source)
        assert response.status_code == 200
        response.close()


def test_readers_cannot_ask_for_a_size():
    with pytest.raises(NoReverseMatch):
        reverse("wagtailimages_serve", args=("signature", 1, "width-9999"))


@pytest.mark.parametrize("address", ["preview/width-9999/", "preview/original/", "generate_url/", "generate_url/output/"])
def test_staff_cannot_ask_for_a_size_either(chief, image, address):
    assert chief.get(f"/admin/images/{image.pk}/{address}").status_code == 404


def test_templates_ask_for_the_listed_sizes_and_for_all_of_them():
    texts = {path: path.read_text() for path in TEMPLATES.rglob("*.html")}
    asked = {size for text in texts.values() for size in re.findall(r"{% shown_picture [\w.]+ \"([^\"]+)\"", text)}

    assert asked == set(SHOWN)
    assert not [path for path, text in texts.items() if re.search(r"{% (image|picture|srcset_image) |image_url", text)]


def test_a_missing_rendition_is_made_again(client, article):
    before = _sources(client)
    for rendition in article.lead_image.renditions.all():
        rendition.file.storage.delete(rendition.file.name)

    after = _sources(client)

    assert len(after) == len(before)
    assert not after & before


@pytest.mark.parametrize("harm", ["missing", "broken"])
def test_a_page_whose_picture_is_gone_is_shown_without_it(client, article, harm):
    image = article.lead_image
    if harm == "missing":
        image.file.storage.delete(image.file.name)
    else:
        Path(image.file.path).write_bytes(b"\x89PNG\r\n\x1a\n broken")

    for address in (ARTICLE, "/zh/news/", "/zh/"):
        response = client.get(address)
        assert response.status_code == 200
        assert "/media/" not in response.content.decode()
        assert "cover__ground" in response.content.decode() or address == ARTICLE


def test_portraits_of_staff_are_not_taken(chief):
    page = chief.get(reverse("wagtailadmin_account"))

    assert page.status_code == 200
    assert 'name="avatar-avatar"' not in page.content.decode()
