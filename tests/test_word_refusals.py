"""Word documents that are damaged or hostile: refused by name, never a failure, and nothing of them stays."""

import random

import docx
import pytest
from wagtail.images import get_image_model

from news.models import NewsPage
from tests import word_documents
from tests.signing_in import client_of
from tests.word_documents import send

pytestmark = pytest.mark.usefixtures("portal", "contexts")

Image = get_image_model()


def test_a_failed_import_leaves_nothing(staff, monkeypatch):
    def fail(*arguments, **options):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(NewsPage, "save_revision", fail)
    client, storage = client_of(staff("writer")), Image._meta.get_field("file").storage
    client.raise_request_exception = False
    images, pages, files = Image.objects.count(), NewsPage.objects.count(), set(storage.listdir("original_images")[1])

    assert send(client, word_documents.full_document()).status_code == 500
    assert NewsPage.objects.count() == pages
    assert Image.objects.count() == images
    assert set(storage.listdir("original_images")[1]) == files


def hostile() -> dict[str, tuple[str, bytes]]:
    """Return by name files that are refused."""
    good = word_documents.full_document()

    def changed(name: str, change):
        return word_documents.with_parts(good, lambda parts: parts.update({name: change(parts[name])}))

    entity = b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    return {
        "no document": ("a.docx", b"not a zip"),
        "another kind": ("a.doc", good),
        "cut off": ("a.docx", good[: len(good) // 2]),
        "macros": ("a.docx", word_documents.with_parts(good, lambda parts: parts.update({"word/vbaProject.bin": b"x"}))),
        "declarations": ("a.docx", changed("word/document.xml", lambda xml: entity + xml.partition(b"?>")[2])),
        "declarations in wide letters": (
            "a.docx",
            changed("word/styles.xml", lambda xml: entity.decode().replace("?>", " encoding='UTF-16'?>", 1).encode("utf-16")),
        ),
        "broken XML": ("a.docx", changed("word/document.xml", lambda xml: xml[:-9])),
        "nested": ("a.docx", changed("word/document.xml", lambda xml: b"<w>" * 5000 + b"</w>" * 5000)),
        "no text": ("a.docx", word_documents.saved(docx.Document())),
        "another document": ("a.docx", changed("word/document.xml", lambda xml: b"<html/>")),
        "long": ("a.docx", changed("word/document.xml", lambda xml: b"<w>" + b"<p/>" * 70_000 + b"</w>")),
    }


def test_what_is_no_sound_document_is_refused_by_name_and_nothing_is_kept(staff):
    client, pages = client_of(staff("writer")), NewsPage.objects.count()

    for name, (file_name, content) in hostile().items():
        response = send(client, content, file_name)

        assert response.status_code == 200, name
        (error,) = response.context["form"].errors["file"]
        assert f"“{file_name}”" in error, name
    assert NewsPage.objects.count() == pages


def test_no_mutated_document_fails(staff):
    lots, client, good = random.Random(5), client_of(staff("writer")), word_documents.full_document()
    client.raise_request_exception = False

    def mutated(content: bytes) -> bytes:
        data = bytearray(content)
        for _time in range(lots.randint(1, 6)):
            place = lots.randrange(len(data))
            if lots.random() < 0.5:
                data[place] = lots.randrange(256)
            else:
                end = place + lots.randint(1, 40)
                data[place:end] = data[lots.randrange(len(data)) :][: lots.randint(0, 40)]
        return bytes(data)

    def with_mutated_part(parts: dict) -> None:
        name = lots.choice([name for name in parts if name.startswith("word/")])
        # Words of the markup change places: what stays well formed gets farthest.
        words = parts[name].replace(b"><", b">\n<").split(b"\n") if lots.random() < 0.7 else [parts[name]]
        if len(words) > 4 and lots.random() < 0.8:
            one, two = lots.randrange(len(words)), lots.randrange(len(words))
            words[one] = words[two] if lots.random() < 0.5 else words[one].replace(b'w:val="', b'w:val="9')
            parts[name] = b"".join(words)
        else:
            parts[name] = mutated(parts[name])

    for number in range(40):
        content = mutated(good) if number % 4 == 0 else word_documents.with_parts(good, with_mutated_part)
        assert send(client, content).status_code == 200, number
