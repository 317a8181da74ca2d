"""Where links may lead: the web, an e-mail address, a telephone; and which hosts a page's links lead to."""

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import urlsplit

from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField

from core.plain_text import without_invisible

LINK_SCHEMES = ("http", "https", "mailto", "tel")
WEB_SCHEMES = ("http", "https")
_SCHEME = re.compile(r"([^/?#]*?):")
_BLANKS = re.compile(r"[\x00-\x20\x7f-\xa0]")
_HREF = re.compile(r"""href\s*=\s*("[^"]*"|'[^']*')""", re.IGNORECASE)
_WEB_ADDRESS = re.compile(r"\s*(?:https?:)?//\S+\s*", re.IGNORECASE)

validate_web_address = URLValidator(schemes=WEB_SCHEMES, message=_("Give a web address that begins with https:// or http://."))


class WebAddressField(models.URLField):
    """A URLField of the web alone: no ftp:// and nothing that runs."""

    default_validators = [validate_web_address]


def safe_link(address: str | None) -> str:
    """Return `address` if a reader may be led there: a path, a fragment or one of LINK_SCHEMES; else ""."""
    text = _BLANKS.sub("", without_invisible(str(address or "")))
    # Browsers read a backslash as a slash, and leave out blanks and control characters within a scheme. Whatever writes
    # the address into HTML may forget to escape it once.
    for reading in (text, unescape(text)):
        scheme = _SCHEME.match(_BLANKS.sub("", reading).replace("\\", "/"))
        if scheme and scheme[1].lower() not in LINK_SCHEMES:
            return ""
    return text


def host_of(address: str) -> str:
    """Return the host that `address` leads to, in small letters; "" for one within the portal or for no web address."""
    text = safe_link(address).replace("\\", "/")
    try:
        parts = urlsplit(text)
        return (parts.hostname or "") if parts.scheme in {*WEB_SCHEMES, ""} else ""
    except ValueError:  # a host that cannot be read, such as http://[
        return text


def is_known(host: str, known_hosts) -> bool:
    """Return whether `host` is one of `known_hosts` or stands below one: news.example.cn below example.cn."""
    return any(host == known or host.endswith(f".{known}") for known in known_hosts)


def outward_links(page) -> Iterator[str]:
    """Yield each web address that `page` links to, as it is written: in its body, its link blocks and its address fields."""
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            yield from _links_in(field.value_from_object(page).get_prep_value())
        elif isinstance(field, models.URLField) and (address := field.value_from_object(page)):
            yield address


def _links_in(value) -> Iterator[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, (list, tuple)):
        for part in value:
            yield from _links_in(part)
    elif isinstance(value, str):
        if _WEB_ADDRESS.fullmatch(value):
            yield value.strip()
        for found in _HREF.finditer(value):
            if host_of(address := unescape(found[1][1:-1])):
                yield address
