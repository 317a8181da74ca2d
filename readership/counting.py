"""Counting what is read: the outermost layer of the server's application, so that answers of a cache are counted as well."""

from functools import lru_cache

from crawlerdetect import CrawlerDetect
from django.conf import settings

from core.languages import Language, language_of_path
from core.read_mark import MARKED
from readership.models import DailyViews
from readership.tally import Tally

MAX_PATH = DailyViews._meta.get_field("path").max_length
LONGEST_NAME = 400  # of a browser's name for itself that is worth reading
REMEMBERED = 2_048  # names, and addresses: what most readers send is not worked out again
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
            if MARKED in headers:
                headers = headers.copy()
                headers.remove(MARKED)
                if status[:3] in ("200", "304") and _is_view(environ):
                    self._count(environ)
            return start_response(status, headers, *error)

        return self.application(environ, start)

    def _count(self, environ) -> None:
        place = _place(environ.get("PATH_INFO", ""))
        if place:
            self.tally.count(*place)


@lru_cache(REMEMBERED)
def _place(path_info: str) -> tuple[str, Language] | None:
    """Return the address below the language's prefix, and the language."""
    address = path_info.encode("latin-1", "replace").decode("utf-8", "replace")
    language, path = language_of_path(address), address.split("/", 2)[-1]
    return (path, language) if language and len(path) <= MAX_PATH else None


def _is_view(environ) -> bool:
    asked = environ.get
    fetched_ahead = asked("HTTP_SEC_PURPOSE") or asked("HTTP_PURPOSE") or asked("HTTP_X_PURPOSE") or asked("HTTP_X_MOZ")
    cookie = asked("HTTP_COOKIE")
    return (
        asked("REQUEST_METHOD") == "GET"
        and not fetched_ahead
        and not (cookie and f"{settings.SESSION_COOKIE_NAME}=" in cookie)
        and not is_robot(asked("HTTP_USER_AGENT", ""))
    )


def is_robot(user_agent: str) -> bool:
    """Return whether a client of this name is no reader's browser; one without a name is none."""
    return _names_a_robot(user_agent[:LONGEST_NAME])


@lru_cache(REMEMBERED)
def _names_a_robot(user_agent: str) -> bool:
    name = user_agent.strip()
    return not name or _robots.is_crawler(name)
