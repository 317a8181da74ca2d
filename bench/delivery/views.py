"""What a browser fetches for a first view: the page, and what it names in its head."""

import re
from urllib.parse import urljoin

from bench.delivery.servers import fetch

_NAMED = re.compile(
    r"""<link[^>]*rel=["']stylesheet["'][^>]*href=["']([^"']+)|<link[^>]*href=["']([^"']+)["'][^>]*rel=["']stylesheet"""
    r"""|<script[^>]*src=["']([^"']+)"""
)


def first_view(server, path: str) -> int:
    """Return the compressed bytes of the page at `path` with its style sheets and scripts."""
    address = server.address + path
    page = fetch(address, "identity").decode()
    named = {urljoin(address, next(filter(None, found))) for found in _NAMED.findall(page)}
    size = len(fetch(address))
    for url in named:
        try:
            size += len(fetch(url.replace(url.split("/", 3)[2], f"127.0.0.1:{server.port}")))
        except OSError:  # a server that has the pages alone
            continue
    return size
