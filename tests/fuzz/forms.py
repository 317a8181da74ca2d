"""The forms of the portal as a browser would send them, and the names of parameters that code and forms know."""

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

import wagtail
from django.apps import apps
from django.conf import settings
from lxml import html
from wagtail.fields import StreamField
from wagtail.models import Page

from tests.fuzz.stream_data import stream_fields

_READ_IN_CODE = re.compile(r"""(?:GET|POST)(?:\.get|\.getlist|\.pop)?[\[(]["']([\w-]+)["']""")
_DECLARED_IN_CODE = re.compile(r"""(?:\w+_(?:query_)?(?:param|name)|search_kwarg|page_kwarg)\s*=\s*["']([\w-]+)["']""")
_ADDED_PAGE = re.compile(r"/pages/add/(\w+)/(\w+)/")
_EDITED_PAGE = re.compile(r"/pages/(\d+)/edit/")
_SENT_BY_SCRIPTS = ("action-publish", "action-submit", "is_asynchronous", "comments-0-id", "overwrite_revision_id")


@dataclass(frozen=True)
class Form:
    """A form of method POST: where it goes, its fields filled, and the names of its file fields."""

    path: str
    fields: tuple[tuple[str, str], ...]
    files: tuple[str, ...] = ()


def forms_in(path: str, markup: str) -> tuple[list[Form], set[str]]:
    """Return the forms of method POST on the page at `path`, and the names of every field of any form."""
    if not markup.strip():
        return [], set()
    forms, names = [], set()
    for element in html.document_fromstring(markup).iter("form"):
        fields, files = _fields(element)
        names |= {name for name, _value in fields}
        if (element.get("method") or "get").lower() == "post":
            target = urljoin(path, element.get("action") or path).split("#")[0]
            fields += _stream_fields(path)
            forms.append(Form(target, tuple(fields), tuple(files)))
    return forms, names


def _fields(form) -> tuple[list[tuple[str, str]], list[str]]:
    fields, files = [], []
    for element in form.iter("input", "select", "textarea", "button"):
        name = element.get("name")
        if not name:
            continue
        if element.tag == "select":
            chosen = element.xpath(".//option[@selected]") or element.xpath(".//option")[:1]
            fields += [(name, option.get("value", "")) for option in chosen]
        elif element.tag == "textarea":
            fields.append((name, element.text or ""))
        elif element.get("type") == "file":
            files.append(name)
        else:
            fields.append((name, element.get("value", "on" if element.get("type") == "checkbox" else "")))
    return fields, files


def _stream_fields(path: str) -> list[tuple[str, str]]:
    if found := _EDITED_PAGE.search(path):
        page = Page.objects.get(pk=found[1]).get_latest_revision_as_object()
    elif found := _ADDED_PAGE.search(path):
        page = apps.get_model(*found.groups())()
    else:
        return []
    streams = [field for field in page._meta.get_fields() if isinstance(field, StreamField)]
    return [pair for field in streams for pair in stream_fields(field.stream_block, getattr(page, field.name), field.name)]


def known_parameters() -> list[str]:
    """Return the names of parameters that the code of the portal and of Wagtail reads."""
    names = set(_SENT_BY_SCRIPTS)
    for folder in (Path(wagtail.__file__).parent, *(path.parent for path in settings.BASE_DIR.glob("*/apps.py"))):
        for path in folder.rglob("*.py"):
            if not {"tests", "test", "migrations"} & set(path.parts[len(folder.parts) :]):
                code = path.read_text(encoding="utf-8")
                names |= set(_READ_IN_CODE.findall(code)) | set(_DECLARED_IN_CODE.findall(code))
    return sorted(names)
