"""Malformed input, decided in one place: what no browser sends is refused before a view reads it."""

import logging
import re
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.http import Http404, HttpResponse

from core.body_limit import exceeds, too_large
from core.dead_ends import is_dead_end
from core.input_faults import reading_of
from core.malformed import FORBIDDEN, check_form, check_way_back

MAX_TARGET_LENGTH = 4096
MAX_PARAMETERS = 100
# Django leaves the bytes of a path that are no UTF-8 as they were written.
_BROKEN_UTF8 = re.compile(r"%[89A-F][0-9A-F]|\ufffd")
_CHARSETS = {"utf-8", "utf8", "us-ascii"}

logger = logging.getLogger(__name__)


class InputGuardMiddleware:
    """Answer what is malformed: 414 for an over-long address; 400 for one that names its own host, is not UTF-8, has
    control characters or a flood of parameters, and for a form that core.malformed refuses.

    Uploads are never read into memory for this: a form is looked at where Django has parsed it, files in their places.
    What only Wagtail's own views can tell to be malformed is decided after them, by core.input_faults.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not request.META.get("RAW_URI", "/").startswith("/"):  # http://host/path, which is for proxies
            return self._refuse(400, "The address names a host of its own. 地址自带主机名。")
        path, raw_query = request.path_info, request.META.get("QUERY_STRING", "").encode("latin-1")
        if len(path.encode()) + len(raw_query) > MAX_TARGET_LENGTH:
            return self._refuse(414, "The address is too long. 地址过长。")
        if raw_query.count(b"&") >= MAX_PARAMETERS:
            return self._refuse(400, "The address has too many parameters. 地址的参数过多。")
        query = unquote_to_bytes(raw_query).decode("utf-8", "replace")
        if _BROKEN_UTF8.search(path) or "\ufffd" in query:
            return self._refuse(400, "The address is not valid UTF-8. 地址不是有效的 UTF-8 编码。")
        if FORBIDDEN.search(path + query):
            return self._refuse(400, "The address contains control characters. 地址含有控制字符。")
        charset = request.content_params.get("charset", "utf-8").lower()
        if charset not in _CHARSETS:  # Python knows some that are no text, and Django would read the address with them
            return self._refuse(400, "Write in UTF-8. 请使用 UTF-8 编码。")
        return self.get_response(request)

    @staticmethod
    def _refuse(status: int, message: str) -> HttpResponse:
        return HttpResponse(message, status=status, content_type="text/plain; charset=utf-8")

    def process_view(self, request, view, args, kwargs):
        if is_dead_end(request.resolver_match) or 0 in kwargs.values():  # no row has the number 0
            raise Http404("There is nothing at this address.")
        check_way_back(request.GET.getlist("next"))
        if request.method not in ("GET", "HEAD", "OPTIONS", "TRACE"):
            if exceeds(request, settings.MAX_BODY_BYTES) and not request.user.is_authenticated:
                return too_large(settings.MAX_BODY_BYTES)  # a stranger sends the admin nothing but a password
            check_form(request)
        return None

    def process_exception(self, request, exception):
        if request.path_info.startswith(f"/{settings.ADMIN_PATH}"):
            answer = reading_of(request, exception)
            if answer is not None:
                logger.warning("Malformed input in %s: %r", request.path_info, exception, exc_info=exception)
                raise answer from exception
