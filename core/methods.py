"""Which methods an address takes, decided before the protection of forms: what is never a form answers 405, not 403."""

from django.http import Http404, HttpResponseNotAllowed
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from wagtail.models import Page
from wagtail.views import serve

READING = ("GET", "HEAD", "OPTIONS")
WRITING = ("POST", "PUT", "PATCH", "DELETE")


def read_only(view):
    """Let `view` answer GET and HEAD; any other method gets 405, with or without a token of a form."""
    return csrf_exempt(require_safe(view))


class MethodsMiddleware:
    """Answer 405 to methods that a page does not take and to those that no address takes.

    Stands before CsrfViewMiddleware, which would answer 403 to them.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if request.method in READING:
            return None
        if view is serve:
            route = Page.route_for_request(request, *args, **kwargs)
            if route is None:
                raise Http404
            return route.page.check_request_method(request)
        if request.method not in WRITING and not getattr(view, "csrf_exempt", False):
            return HttpResponseNotAllowed((*READING, *WRITING))
        return None
