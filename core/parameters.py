"""What becomes of query parameters, decided once: known and well formed, or 404; unknown ones are ignored."""

import re
import unicodedata

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from core.dependencies import not_worth_keeping, parameter_read

_NUMBER = re.compile(r"[1-9]\d{0,5}", re.ASCII)


def parameter(request: HttpRequest, name: str) -> str:
    """Return parameter `name` as it was sent, "" when absent. What is read in one of these ways is known at the address;
    `query_without` leaves everything else out."""
    if not hasattr(request, "known_parameters"):
        request.known_parameters = set()
    request.known_parameters.add(name)
    parameter_read(name)
    return request.GET.get(name, "")


def number_parameter(request: HttpRequest, name: str) -> int | None:
    """Return the positive whole number in parameter `name`, None when it is absent or empty; else raise Http404."""
    text = parameter(request, name)
    if not text:
        return None
    if not _NUMBER.fullmatch(text):
        raise Http404(f"{name}={text[:20]!r} is no number")
    return int(text)


def choice_parameter(request: HttpRequest, name: str, choices) -> str:
    """Return parameter `name` if it is one of `choices`, "" when absent or empty; else raise Http404."""
    text = parameter(request, name)
    if text and text not in choices:
        raise Http404(f"{name}={text[:20]!r} is not known here")
    return text


def text_parameter(request: HttpRequest, name: str, max_length: int) -> str:
    """Return the text in parameter `name` with single blanks and without invisible marks (such as those that turn the
    direction of writing), cut to `max_length`."""
    text = " ".join(parameter(request, name).split())
    if text:
        not_worth_keeping()
    return "".join(character for character in text if unicodedata.category(character) != "Cf")[:max_length]


def paginate(request: HttpRequest, items, per_page: int):
    """Return the Page of `items` that `?page=` asks for; raise Http404 beyond the last one.

    Its `numbers` are those of the pagination, with gaps in a long one; its `query` is "?page=N" beyond the first.
    """
    paginator = Paginator(items, per_page)
    number = number_parameter(request, "page") or 1
    if number > paginator.num_pages:
        raise Http404(f"There is no page {number}")
    page = paginator.page(number)
    page.numbers = list(paginator.get_elided_page_range(number, on_each_side=1, on_ends=1))
    page.query = f"?page={number}" if number > 1 else ""
    return page


def numbered(title: str, page) -> str:
    """Return `title` with the number of the Page of a list, beyond the first one."""
    return _("%(title)s, page %(number)s") % {"title": title, "number": page.number} if page.number > 1 else title


def query_without(request: HttpRequest, *names: str, **added) -> str:
    """Return the request's query string, each parameter once, with `added`; without `names`, without empty ones, and
    without those that the address does not know."""
    query, known = request.GET.copy(), getattr(request, "known_parameters", set())
    for name in list(query):
        if name in names or name not in known or not query[name]:
            del query[name]
        else:
            query[name] = query[name]
    for name, value in added.items():
        query[name] = value
    return query.urlencode()
