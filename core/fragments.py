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
    if settings.DEBUG:
        return drawn(template, context())
    return remembered(("fragment", template, get_language(), key), lambda: drawn(template, context()))


def drawn(template: str, context: dict) -> SafeString:
    """Return `template` with `context`, without the end of its file."""
    return mark_safe(render_to_string(template, context).removesuffix("\n"))  # noqa: S308 - a template has escaped it
