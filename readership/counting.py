"""Counting what is read: the outermost layer of the server's application, so that answers of a cache are counted as well."""

from crawlerdetect import CrawlerDetect
from django.conf import settings

from core.languages import language_of_path
from core.read_mark import READ_MARK
from readership.models import DailyViews
from readership.tally import Tally

MAX_PATH = DailyViews._meta.get_field("path").max_length
LONGEST_NAME = 400  # of a browser's name for itself that is worth reading
_AHEAD_OF_READING = ("HTTP_SEC_PURPOSE", "HTTP_PURPOSE", "HTTP_X_PURPOSE", "HTTP_X_MOZ")
_robots = CrawlerDetect()


class ViewCounter:
    """A WSGI application around `application` that counts its public pages in `tally` and takes their mark off.

    A view is a marked answer to a GET, whole or "not modified" (200, 304). Left out are robots, by the name they give
    themselves, what browsers fetch ahead of reading, and whoever is signed in, hence private pages too. Of the request only
    the path is kept.
    """

    def __init__(self, application, tally: Tally):
        self.application, self.tally = application, tally

    def __call__(self, environ, start_response):
        def start(status, headers, *error):
            unmarked = [(name, value) for name, value in headers if name.lower() != READ_MARK.lower()]
            if len(unmarked) < len(headers) and status[:3] in ("200", "304") and _is_view(environ):
                self._count(environ)
            return start_response(status, unmarked, *error)

        return self.application(environ, start)

    def _count(self, environ) -> None:
        address = environ.get("PATH_INFO", "").encode("latin-1", "replace").decode("utf-8", "replace")
        language = language_of_path(address)
        path = address.split("/", 2)[-1]
        if language and len(path) <= MAX_PATH:
            self.tally.count(path, language)


def _is_view(environ) -> bool:
    fetched_ahead = any(environ.get(name) for name in _AHEAD_OF_READING)
    return (
        environ.get("REQUEST_METHOD") == "GET"
        and not fetched_ahead
        and f"{settings.SESSION_COOKIE_NAME}=" not in environ.get("HTTP_COOKIE", "")
        and not is_robot(environ.get("HTTP_USER_AGENT", ""))
    )


def is_robot(user_agent: str) -> bool:
    """Return whether a client of this name is no reader's browser; one without a name is none."""
    name = user_agent[:LONGEST_NAME].strip()
    return not name or _robots.is_crawler(name)
