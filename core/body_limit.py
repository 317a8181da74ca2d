"""How much a request may bring."""

from django.conf import settings
from django.http import HttpResponse


def exceeds(request, limit: int) -> bool:
    """Return whether the body of `request` is announced as larger than `limit` bytes."""
    length = request.META.get("CONTENT_LENGTH") or ""
    return length.isdecimal() and int(length[:20]) > limit


def too_large(limit: int) -> HttpResponse:
    message = f"More than {limit // 1024} kB cannot be sent here. 发送的内容不得超过 {limit // 1024} kB。"
    return HttpResponse(message, status=413, content_type="text/plain; charset=utf-8")


class BodyLimitMiddleware:
    """Answer 413 to a body that is announced as larger than the address takes: uploads go to the admin alone.

    A body without an announced length is no concern: Django reads none of it.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        of_the_admin = request.path_info.startswith(f"/{settings.ADMIN_PATH}")
        limit = settings.ADMIN_MAX_BODY_BYTES if of_the_admin else settings.MAX_BODY_BYTES
        if exceeds(request, limit):
            return too_large(limit)
        return self.get_response(request)
