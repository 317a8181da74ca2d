"""What holds for every request: well-formed input, the language of the address, the content security policy."""

import re
from urllib.parse import unquote_to_bytes

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpResponse
from django.utils import translation

from .languages import CHINESE, language_of_path

MAX_TARGET_LENGTH = 4096
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufdd0-\ufdef\ufffe\uffff]")


class InputGuardMiddleware:
    """Answer malformed addresses at once: 414 when over-long, 400 when not UTF-8 or with control characters."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        raw_path = request.META.get("PATH_INFO", "").encode("latin-1", "surrogateescape")
        raw_query = request.META.get("QUERY_STRING", "")
        if len(raw_path) + len(raw_query) > MAX_TARGET_LENGTH:
            return self._refuse(414, "The address is too long. 地址过长。")
        try:
            text = request.path_info + unquote_to_bytes(raw_query.replace("+", " ")).decode("utf-8")
        except UnicodeDecodeError:
            return self._refuse(400, "The address is not valid UTF-8. 地址不是有效的 UTF-8 编码。")
        if _FORBIDDEN.search(text) or "\ufffd" in request.path_info:
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
