"""Cookies that are not what the portal gave out."""

import re

from django.conf import settings

# As Django makes them.
_SESSION_KEY = re.compile(r"[a-z0-9]{32}")
_CSRF_SECRET = re.compile(r"[A-Za-z0-9]{32}(?:[A-Za-z0-9]{32})?")


class MalformedCookiesMiddleware:
    """Take malformed cookies for none. Stands before the middleware of Django that would delete or replace them at once,
    even in the answer of a public page."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        for name, well_formed in ((settings.SESSION_COOKIE_NAME, _SESSION_KEY), (settings.CSRF_COOKIE_NAME, _CSRF_SECRET)):
            if not well_formed.fullmatch(request.COOKIES.get(name, "")):
                request.COOKIES.pop(name, None)
        return self.get_response(request)
