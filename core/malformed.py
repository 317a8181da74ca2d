"""What is malformed in a form: characters no keyboard makes, JSON nobody nests so deep, parts announced and not sent."""

import json
import re
from collections.abc import Iterator

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest
from django.http.request import UnreadablePostError
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.plain_text import without_invisible

MAX_JSON_DEPTH = 60
MAX_PARTS = 200  # rows of a table in a form; two thousand take the admin 20 seconds
#: Control characters but for tab and line breaks, lone surrogates, and what Unicode keeps for no character.
FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
#: Of these, what is refused in the admin too. The others come along when staff paste from a PDF: core.plain_text removes them.
FORBIDDEN_IN_ADMIN = re.compile(r"[\x00\ud800-\udfff]")


# What the editor's scripts number the parts of a form by.
_TOTAL = "-TOTAL_FORMS"
_PART = re.compile(r"-([0-9]{1,3})(?=-)")

_FORMS = {"application/x-www-form-urlencoded", "multipart/form-data"}  # what Django reads when asked for the fields

#: What a form of Wagtail's takes for sent without asking, by the name of its address.
_NEEDED_FIELDS = {"wagtailadmin_choose_page_external_link": ("external-link-chooser-url",)}


class MalformedInput(SuspiciousOperation):
    """A request that no form of the portal sends: answered with 400. Its message, a lazy text, is for whoever sent it."""


def check_form(request: HttpRequest) -> None:
    """Read the whole body of `request` and parse it; raise MalformedInput if it holds what no form sends."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not (length.isascii() and length.isdigit()):
        raise MalformedInput(_("The length of what was sent is no number."))
    try:
        fields = request.POST
        if request.content_type not in _FORMS:
            request.body  # noqa: B018 - no view waits for the rest of it inside a transaction
    except UnreadablePostError as error:
        raise MalformedInput(_("What was sent ended early. Send it again.")) from error
    forbidden = FORBIDDEN_IN_ADMIN if request.path_info.startswith(f"/{settings.ADMIN_PATH}") else FORBIDDEN
    for name in _NEEDED_FIELDS.get(request.resolver_match.url_name, ()):
        if name not in fields:
            raise MalformedInput(format_lazy(_("The field “{field}” is missing."), field=name))
    for name, values in fields.lists():
        _check_text(_("the name of a field"), name)
        for value in values:
            _check_text(name, value, forbidden)
            if value[:1] in ("{", "["):
                _check_json(name, value, forbidden)
    _check_parts(fields)
    check_way_back(fields.getlist("next"))
    for name, files in request.FILES.lists():
        _check_text(_("the name of a field"), name)
        for file in files:
            _check_text(_("the name of a file"), file.name)
    if request.content_type == "application/json":
        _check_json(_("the request"), request.body.decode("utf-8", "replace"))


def _check_parts(fields) -> None:
    """Raise MalformedInput where a form announces parts that were not sent, or too many: each is built and shown again."""
    sent: dict[str, set[str]] = {}
    for name in fields:
        for number in _PART.finditer(name):
            sent.setdefault(name[: number.start()], set()).add(number[1])
    for name, written in fields.items():
        prefix = name.removesuffix(_TOTAL)
        if prefix == name or not (written.isascii() and written.isdigit()):
            continue  # Django refuses what is no number
        number = written.lstrip("0") or "0"
        if len(number) > len(str(MAX_PARTS)) or int(number) > MAX_PARTS:
            raise MalformedInput(format_lazy(_("There are too many parts in “{field}”."), field=prefix[:100]))
        if any(str(part) not in sent.get(prefix, ()) for part in range(int(number))):
            raise MalformedInput(format_lazy(_("Parts of “{field}” are missing. Load the form again."), field=prefix[:100]))


def check_way_back(addresses: list[str]) -> None:
    """Raise MalformedInput for an address to return to that is relative: Django would take it for the name of a view.

    It is looked at as the admin reads it, without invisible characters.
    """
    for address in map(without_invisible, addresses):
        absolute = address.startswith(("/", "http://", "https://"))
        if address and not absolute and url_has_allowed_host_and_scheme(address, None):
            raise MalformedInput(_("The address to return to is malformed."))


def leaves(tree, depth: int = 0) -> Iterator[str]:
    """Yield every text of parsed JSON, keys too; raise MalformedInput below MAX_JSON_DEPTH."""
    if depth > MAX_JSON_DEPTH:
        raise MalformedInput(_("What was sent is nested too deep."))
    if isinstance(tree, str):
        yield tree
    elif isinstance(tree, dict):
        for key, value in tree.items():
            yield key
            yield from leaves(value, depth + 1)
    elif isinstance(tree, list):
        for value in tree:
            yield from leaves(value, depth + 1)


def parsed(text: str):
    """Return the JSON in `text`, None when it is none; raise MalformedInput when it is nested too deep to be read."""
    try:
        return json.loads(text)
    except RecursionError:
        raise MalformedInput(_("What was sent is nested too deep.")) from None
    except ValueError:
        return None


def _check_json(name: str, text: str, forbidden: re.Pattern = FORBIDDEN) -> None:
    for leaf in leaves(parsed(text)):
        _check_text(name, leaf, forbidden)


def _check_text(name: str, text: str, forbidden: re.Pattern = FORBIDDEN) -> None:
    found = forbidden.search(text)
    if found:
        message = _("An invisible control character (U+{code}) is in: {field}. Go back, delete it, and send again.")
        shown = FORBIDDEN.sub("", name)[:100] if type(name) is str else name
        raise MalformedInput(format_lazy(message, field=shown, code=f"{ord(found[0]):04X}"))
