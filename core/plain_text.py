"""Text without what nobody sees: marks that turn the direction of writing, zero-width and control characters."""

import json
import re
import unicodedata

from django.conf import settings
from django.contrib import messages
from django.utils.translation import gettext as _

from core.json_trees import with_texts

ZERO_WIDTH_JOINER = "\u200d"
# Letters and symbols by category that are drawn as nothing.
_BLANK_LETTERS = "\u115f\u1160\u3164\uffa0"
_CANDIDATES = re.compile(rf"[^\x20-\x7e\t\n\r\u4e00-\u9fff\u3000-\u303f\uff01-\uff5e]|[{_BLANK_LETTERS}]")


def without_invisible(text: str) -> str:
    """Return `text` without invisible characters; the joiner stays inside an emoji, line ends and tabs stay."""
    if not _CANDIDATES.search(text):
        return text
    text = text.replace("\u2028", "\n").replace("\u2029", "\n")
    return "".join(
        character
        for place, character in enumerate(text)
        if not _is_invisible(character) or (character == ZERO_WIDTH_JOINER and _joins_emoji(text, place))
    )


def form_value_without_invisible(value: str) -> str:
    """Return what a field of a form sent without invisible characters; in JSON, as of rich text, also those written as
    escapes."""
    value = without_invisible(value)
    if value[:1] not in ("{", "[") or "\\u" not in value:
        return value
    try:
        tree = json.loads(value)
    except ValueError:
        return value
    cleaned = with_texts(tree, without_invisible)
    return value if cleaned == tree else json.dumps(cleaned)


def _is_invisible(character: str) -> bool:
    if character in "\t\n\r":
        return False
    return unicodedata.category(character) in {"Cc", "Cf", "Co", "Cn", "Cs"} or character in _BLANK_LETTERS


def _joins_emoji(text: str, place: int) -> bool:
    before, after = text[max(place - 1, 0) : place], text[place + 1 : place + 2]
    return _is_emoji(before) and _is_emoji(after)


def _is_emoji(character: str) -> bool:
    return bool(character) and (character == "\ufe0f" or unicodedata.category(character) in {"So", "Sk"})


class PlainTextMiddleware:
    """Take invisible characters out of what staff send from the admin's forms, and tell them so.

    Passwords pass as they are. Stands behind the middleware of messages.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, arguments, keywords):
        if request.method != "POST" or not request.path_info.startswith(f"/{settings.ADMIN_PATH}"):
            return
        cleaned = {
            name: [form_value_without_invisible(value) for value in values]
            for name, values in request.POST.lists()
            if "password" not in name
        }
        changed = {name for name, values in cleaned.items() if values != request.POST.getlist(name)}
        if not changed:
            return
        request.POST = request.POST.copy()
        for name in changed:
            request.POST.setlist(name, cleaned[name])
        if "text/html" in request.headers.get("Accept", "") and request.headers.get("X-Requested-With") is None:
            messages.info(
                request, _("Invisible characters were removed from what you sent: they can disguise words and links.")
            )
