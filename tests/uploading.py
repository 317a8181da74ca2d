"""The ways by which staff send a file: each takes a client, a file and a title, and returns what the editor is told."""

import json
import re

from django.urls import reverse
from django.utils.html import strip_tags
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection

MODELS = {"images": get_image_model, "documents": get_document_model}
NAMES = {"images": ("wagtailimages", "image-chooser-upload"), "documents": ("wagtaildocs", "document-chooser-upload")}


def _root() -> int:
    return Collection.get_first_root_node().pk


def by_the_form(client, kind: str, file, title: str = "标题"):
    """Send `file` through the form of one file."""
    return client.post(reverse(f"{NAMES[kind][0]}:add"), {"title": title, "file": file, "collection": _root(), "tags": ""})


def among_several(client, kind: str, file, title: str = "标题"):
    return client.post(reverse(f"{NAMES[kind][0]}:add_multiple"), {"title": title, "files[]": file, "collection": _root()})


def in_the_chooser(client, kind: str, file, title: str = "标题"):
    namespace, prefix = NAMES[kind]
    fields = {f"{prefix}-title": title, f"{prefix}-file": file, f"{prefix}-collection": _root(), f"{prefix}-tags": ""}
    return client.post(reverse(f"{namespace}_chooser:create"), fields)


def in_place_of_another(client, kind: str, file, title: str = "标题"):
    """Send `file` as the new file of an item that stands there already."""
    item = MODELS[kind]().objects.first()
    address = reverse(f"{NAMES[kind][0]}:edit", args=(item.pk,))
    return client.post(address, {"title": title, "file": file, "collection": _root(), "tags": ""})


WAYS = (by_the_form, among_several, in_the_chooser, in_place_of_another)


def answer_text(response) -> str:
    """Return the words of an answer, be it a page, a fragment or JSON."""
    text = response.content.decode()
    if response.headers["Content-Type"].startswith("application/json"):
        parts = json.loads(text)
        text = " ".join(str(value) for value in parts.values())
    return re.sub(r"\s+", " ", strip_tags(text))


def stored(field_file) -> bytes:
    """Return what lies in the storage."""
    with field_file.storage.open(field_file.name) as file:
        return file.read()
