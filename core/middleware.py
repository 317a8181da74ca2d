"""What holds for every request: the language of the address, the content security policy."""

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.utils import translation

from .languages import CHINESE, language_of_path


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
    """django-csp with a second policy for the admin, which shows frames and unsaved pictures."""

    def get_policy_parts(self, request, response, report_only=False) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if not report_only and parts.config is None and request.path_info.startswith(f"/{settings.ADMIN_PATH}"):
            parts.config = settings.ADMIN_CONTENT_SECURITY_POLICY
        return parts
