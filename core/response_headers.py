"""Headers of every answer, whoever gave it: a view, the static files, or a middleware that refused the request."""

from django.conf import settings
from django.utils.cache import has_vary_header


class ResponseHeadersMiddleware:
    """Set settings.RESPONSE_HEADERS where the answer has no value of its own. Stands first in MIDDLEWARE."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        for name, value in settings.RESPONSE_HEADERS.items():
            response.headers.setdefault(name, value)
        return response


class PrivateAnswersMiddleware:
    """Let nobody store an answer in which a session or a cookie had a part, nor one of the admin.

    Stands before SessionMiddleware, so that it sees what the middleware below did.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        of_the_admin = request.path_info.startswith(f"/{settings.ADMIN_PATH}")
        if of_the_admin or response.cookies or has_vary_header(response, "Cookie"):
            response.headers["Cache-Control"] = "no-store"
            for name in ("Expires", "ETag", "Last-Modified"):
                response.headers.pop(name, None)
        return response
