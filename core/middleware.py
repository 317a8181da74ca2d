"""What holds for every request: well-formed input, the language of the address, the content security policy."""

import re
from urllib.parse import unquote_to_bytes

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpResponse
from django.utils import translation

from .languages import CHINESE, language_of_path

MAX_TARGET_LENGTH = 4096
MAX_PARAMETERS = 100
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufdd0-\ufdef\ufffe\uffff]")
# Django leaves the bytes of a path that are no UTF-8 as they were written.
_BROKEN_UTF8 = re.compile(r"%[89A-F][0-9A-F]|\ufffd")


class InputGuardMiddleware:
    """Answer malformed addresses at once: 414 when over-long; 400 when not UTF-8, with control characters or a
    flood of parameters."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        path, raw_query = request.path_info, request.META.get("QUERY_STRING", "").encode("latin-1")
        if len(path.encode()) + len(raw_query) > MAX_TARGET_LENGTH:
            return self._refuse(414, "The address is too long. 地址过长。")
        if raw_query.count(b"&") >= MAX_PARAMETERS:
            return self._refuse(400, "The address has too many parameters. 地址的参数过多。")
        query = unquote_to_bytes(raw_query).decode("utf-8", "replace")
        if _BROKEN_UTF8.search(path) or "\ufffd" in query:
            return self._refuse(400, "The address is not valid UTF-8. 地址不是有效的 UTF-8 编码。")
        if _FORBIDDEN.search(path + query):
            return self._refuse(400, "The address contains control characters. 地址含有控制字符。")
        return self.get_response(request)

    @staticmethod
    def _refuse(status: int, message: str) -> HttpResponse:
        return HttpResponse(message, status=status, content_type="text/plain; charset=utf-8")


class LanguageFromAddressMiddleware:
    """Activate the language of the address's prefix; cookies and headers never choose it.

    Addresses without a prefix (the admin, sitemap, errors) are in Chinese; Wagtail's admin then follows its user.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        language = language_of_path(request.path_info)
        translation.activate((language or CHINESE).code)
        request.LANGUAGE_CODE = translation.get_language()
        response = self.get_response(request)
        if language:
            response.headers.setdefault("Content-Language", language.tag)
        return response


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """django-csp with a second policy for the admin, whose pages hold Wagtail's own inline scripts."""

    def get_policy_parts(self, request, response, report_only=False) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if not report_only and parts.config is None and request.path_info.startswith("/admin/"):
            parts.config = settings.ADMIN_CONTENT_SECURITY_POLICY
        return parts
