"""What a request asks for: scheme, host, path, and those query parameters that the address knows, in one order."""

from collections import OrderedDict
from functools import cache
from urllib.parse import parse_qsl, urlencode

from django.conf import settings

from core.dependencies import ANY_PARAMETER
from core.malformed import FORBIDDEN

MOST_ADDRESSES = 50_000
LONGEST_QUERY = 2_000
MOST_PARAMETERS = 50
_SAFE_METHODS = ("GET", "HEAD")


class UnreadableQueryError(ValueError):
    """A query that the input guard should see."""


def may_be_answered(environ: dict) -> bool:
    """Return whether the request is that of a stranger who reads: it brings no session and is not written for a proxy."""
    cookie = environ.get("HTTP_COOKIE")
    return (
        environ["REQUEST_METHOD"] in _SAFE_METHODS
        and not (cookie and f"{settings.SESSION_COOKIE_NAME}=" in cookie)
        and environ.get("RAW_URI", "/").startswith("/")
    )


def address_of(environ: dict) -> str:
    """Return scheme, host and path, as Django will see them."""
    header, secure = _sign_of_https()
    proxied = environ.get(header)
    is_secure = environ.get("wsgi.url_scheme") == "https" if proxied is None else proxied.partition(",")[0].strip() == secure
    return f"{'s' if is_secure else 'p'} {environ.get('HTTP_HOST', '')}{environ.get('PATH_INFO', '')}"


@cache
def _sign_of_https() -> tuple[str, str]:
    """Return the header by which the proxy tells that it was asked over HTTPS, and what it says then."""
    return settings.SECURE_PROXY_SSL_HEADER or ("", "")


class Parameters:
    """Which query parameters the addresses know, as their views have asked for them."""

    def __init__(self):
        self._names: OrderedDict[str, frozenset[str]] = OrderedDict()

    def learn(self, address: str, names: set[str]) -> None:
        known = self._names.pop(address, frozenset())
        self._names[address] = known | names
        while len(self._names) > MOST_ADDRESSES:
            self._names.popitem(last=False)

    def canonical(self, address: str, query: str) -> str | None:
        """Return `query` without what `address` does not know, and sorted; None where nobody has learnt that yet. Raise
        UnreadableQueryError for one that is malformed or over-long."""
        if not query:
            return ""
        names = self._names.get(address)
        if names is None:
            return None
        if ANY_PARAMETER in names:
            return query
        return urlencode(sorted((name, value) for name, value in _read(query).items() if value and name in names))


def _read(query: str) -> dict[str, str]:
    if len(query) > LONGEST_QUERY:
        raise UnreadableQueryError
    try:
        text = query.encode("latin-1").decode()
        pairs = parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=MOST_PARAMETERS)
    except ValueError as error:
        raise UnreadableQueryError from error
    if any(FORBIDDEN.search(part) for pair in pairs for part in pair):
        raise UnreadableQueryError
    return dict(pairs)
