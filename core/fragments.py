"""Parts of pages that the process keeps as they were drawn."""

from collections.abc import Callable, Hashable

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from core.memory import remembered


def fragment(template: str, key: Hashable, context: Callable[[], dict]) -> SafeString:
    """Return `template` as it was drawn for `key` in the active language, drawn anew after a change of what it was made of.

    `context()` reads what the template shows: of what was read before, nothing may stand in it that `key` does not tell.
    While a developer edits templates, each is drawn as it stands.
    """

    def draw() -> SafeString:
        text = render_to_string(template, context())
        return mark_safe(text.removesuffix("\n"))  # noqa: S308 - drawn by a template; the end of its file is no part of it

    return draw() if settings.DEBUG else remembered(("fragment", template, get_language(), key), draw)
