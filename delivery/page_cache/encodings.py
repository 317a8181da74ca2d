"""The forms that an answer is sent in: brotli, gzip, or as it is."""

import gzip
from functools import lru_cache

import brotli

BROTLI, GZIP, IDENTITY = "br", "gzip", ""
BROTLI_QUALITY, GZIP_LEVEL = 5, 6  # beyond these the time grows much faster than the size shrinks
SHORTEST = 200  # bytes worth compressing
_TEXTS = ("text/", "application/json", "application/xml", "application/rss+xml", "application/atom+xml")
_OTHER_TEXTS = ("application/geo+json", "application/manifest+json", "image/svg+xml")


def compressed(body: bytes, content_type: str) -> dict[str, bytes]:
    """Return the forms of `body`; `IDENTITY` is among them only where no other one is smaller."""
    if len(body) < SHORTEST or not content_type.startswith((*_TEXTS, *_OTHER_TEXTS)):
        return {IDENTITY: body}
    return {
        BROTLI: brotli.compress(body, mode=brotli.MODE_TEXT, quality=BROTLI_QUALITY),
        GZIP: gzip.compress(body, GZIP_LEVEL, mtime=0),
    }


@lru_cache(maxsize=512)
def accepted(header: str) -> tuple[str, ...]:
    """Return the forms that a client with this Accept-Encoding takes, the smallest first."""
    weights = {}
    for part in header.lower().split(","):
        name, _semicolon, parameter = part.partition(";")
        try:
            weights[name.strip()] = float(parameter.strip().removeprefix("q=") or 1)
        except ValueError:
            weights[name.strip()] = 0.0
    any_other = weights.get("*", 0.0)
    return (*(form for form in (BROTLI, GZIP) if weights.get(form, any_other) > 0), IDENTITY)
