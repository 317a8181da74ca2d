"""Saving pages through Wagtail's editor as a browser would."""

import json

from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, querydict_from_html, streamfield

NO_BODY = nested_form_data({"body": streamfield([]), "attachments": streamfield([]), "sections": streamfield([])})
SUBMIT = {"action-submit": "1"}


def page_at(path: str):
    """Return the page at `path`, such as "zh/news"."""
    return Page.objects.get(url_path=f"/{path}/").specific


def edit_page(client, page, **changes):
    """Send the editor's form of `page` with `changes` and return the answer."""
    address = reverse("wagtailadmin_pages:edit", args=(page.pk,))
    data = querydict_from_html(client.get(address).content.decode(), "page-edit-form")
    for name, value in (NO_BODY | changes).items():
        data[name] = value
    return client.post(address, data)


def release(page) -> None:
    """Publish what waits in review of `page`, as the last of its approvals does."""
    page = Page.objects.get(pk=page.pk).specific
    if page.workflow_in_progress:
        page.get_latest_revision().publish()


def publish_page(client, page, **changes):
    """Send the editor's form of `page` with `changes` in for review, publish what it took, and return its answer."""
    response = edit_page(client, page, **changes, **SUBMIT)
    release(page)
    return response


def body(*blocks: tuple[str, object]) -> dict:
    return nested_form_data({"body": streamfield(list(blocks))})


def content_state(text: str, *entities: dict, kind: str = "unstyled") -> str:
    """Return what Draftail sends for a paragraph of `text` over whose first letters lie `entities`, one each."""
    ranges = [{"offset": place, "length": 1, "key": place} for place in range(len(entities))]
    block = {"key": "abcde", "text": text, "type": kind, "depth": 0, "inlineStyleRanges": [], "entityRanges": ranges}
    return json.dumps({"blocks": [block], "entityMap": {str(place): entity for place, entity in enumerate(entities)}})


def link(**data) -> dict:
    return {"type": "LINK", "mutability": "MUTABLE", "data": data}
