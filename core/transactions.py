from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http import HTTPStatus

from django.conf import settings
from django.contrib.messages import ERROR, get_messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.utils import translation
from wagtail.admin.auth import permission_denied

READING = ("GET", "HEAD", "OPTIONS", "TRACE")


class AdminTransactionMiddleware:
    """Whatever staff send to the admin is done whole or not at all: one transaction, undone when the view fails or refuses.

    It stands last, so that the answer to a failure is written after the transaction was undone. Who is not signed in sends
    passwords, whose hashing must not keep SQLite's only writer waiting.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with ExitStack() as request.deed:
            response = self.get_response(request)
            if response.status_code == HTTPStatus.NOT_FOUND:  # Wagtail answers its own views' Http404 itself
                undo(request, Http404())
            return response

    def process_view(self, request, view, args, kwargs):
        if request.method not in READING and self._is_staffs(request):
            request.deed.enter_context(_whole_or_not(request))

    def process_exception(self, request, exception):
        undo(request, exception)

    def _is_staffs(self, request) -> bool:
        return request.path_info.startswith(f"/{settings.ADMIN_PATH}") and request.user.is_authenticated


def undo(request, exception: Exception) -> None:
    """Undo what `request` has written, and what it was about to tell of it; `exception` is the reason."""
    request.deed.__exit__(type(exception), exception, exception.__traceback__)


def deny(request):
    """Answer in the place of Wagtail's permission_denied, which leaves what a view wrote before it raised PermissionDenied."""
    undo(request, PermissionDenied())
    with translation.override(request.user.preferred_language):  # Wagtail's views have given it back by now
        return permission_denied(request)


@contextmanager
def _whole_or_not(request) -> Iterator[None]:
    """A transaction: where it is undone, nobody reads that something was saved."""
    try:
        with transaction.atomic():
            yield
    except BaseException:
        told = get_messages(request)
        told._queued_messages = [message for message in told._queued_messages if message.level >= ERROR]
        raise
