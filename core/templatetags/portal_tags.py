"""Tags and filters of the portal's templates."""

from functools import lru_cache

from django import template
from django.conf import settings
from django.template.loader import render_to_string

from core.addresses import absolute_url, public_host
from core.covers import cover_for
from core.foreign_words import with_languages
from core.languages import LANGUAGES, current_language, in_brackets, other_language
from core.links import safe_link
from core.parameters import query_without
from core.partial_dates import format_partial_date
from core.pictures import shown
from core.rich_text import whitelisted
from core.structure import structure_of
from core.structured_data import as_json_ld, page_graph

register = template.Library()

register.filter("partial_date", format_partial_date)
register.filter("absolute", absolute_url)
register.filter("in_brackets", in_brackets)
register.filter("safe_link", safe_link)
register.filter("whitelisted", whitelisted)
register.filter("with_languages", with_languages, is_safe=True)
register.simple_tag(public_host)


@register.simple_tag(name="current_language")
def current_language_tag():
    return current_language()


@register.simple_tag(takes_context=True)
def switch_alternate(context):
    """Return the Alternate in the other language, None on a page outside the trees."""
    return _alternate(context, other_language(current_language()))


@register.simple_tag(takes_context=True)
def own_alternate(context):
    """Return the Alternate in the active language, None on a page outside the trees."""
    return _alternate(context, current_language())


def _alternate(context, language):
    return next((entry for entry in context.get("alternates") or [] if entry.language is language), None)


@register.simple_tag(takes_context=True)
def hreflang(context):
    """Return the (tag, path) pairs of the head: what exists, itself included, and x-default; none on other pages."""
    existing = [entry for entry in context.get("alternates") or [] if entry.exists]
    own = _alternate(context, current_language())
    if own is None or not own.exists or context.get("noindex") or context.get("canonical_query"):
        return []
    ordered = sorted(existing, key=lambda entry: LANGUAGES.index(entry.language))
    return [*((entry.language.tag, entry.path) for entry in ordered), ("x-default", ordered[0].path)]


@register.simple_tag(takes_context=True)
def is_public(context, page) -> bool:
    """Return whether a stranger may read `page`, so that a link to it leads somewhere."""
    return bool(page) and structure_of(context["request"]).shows(page)


@register.simple_tag(takes_context=True)
def json_ld(context) -> str:
    """Return the page's structured data, "" for a page that is not indexed."""
    own = _alternate(context, current_language())
    if own is None or not own.exists or context.get("noindex"):
        return ""
    return as_json_ld(page_graph(context, own.path))


@register.simple_tag(takes_context=True)
def kept_query(context, *dropped, **added) -> str:
    """Return the request's query ("?a=b", or "") without the parameters `dropped` and with those `added`."""
    query = query_without(context["request"], *dropped, **added)
    return f"?{query}" if query else ""


def _drawn(title: str, topic: str) -> str:
    return render_to_string("components/cover.html", {"cover": cover_for(title, topic)})


_drawn_once = lru_cache(maxsize=2048)(_drawn)  # the same each time, and half the work of a list


@register.simple_tag
def cover(title: str, topic: str = "") -> str:
    """Return the drawn cover of an item as SVG; while a developer edits its template, as that stands."""
    return (_drawn if settings.DEBUG else _drawn_once)(title, topic)


@register.simple_tag
def shown_picture(key: int | None, size: str):
    """Return the picture with `key` in `size` (one of core.pictures.SHOWN), None where there is none to show."""
    return shown(key, size)


@register.simple_tag
def img(picture, **attributes):
    """Return the img element of a picture from `shown_picture`, with its alt text and `attributes`."""
    return picture.img_tag(attributes)


@register.filter
def in_language(record, name: str) -> str:
    """Return the field `name` of a record in the other language, for bilingual display."""
    return getattr(record, f"{name}_{other_language(current_language()).code.replace('-', '_')}") or ""


@register.simple_tag(name="other_language")
def other_language_tag():
    return other_language(current_language())
