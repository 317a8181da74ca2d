"""The way to a page, begun where the process remembers the home page to be."""

from django.http import Http404
from wagtail.views import serve

from core.languages import current_language
from core.roots import site_roots
from core.structure import own_type, structure_of


class PageRouteMiddleware:
    """Route what Wagtail serves from the home page of the address's language. Wagtail's own way there asks the database for the
    site, the locale and the home, twice. Stands behind the middleware that activates the language."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        site = site_roots().site if view is serve else None
        home = structure_of(request).home(current_language()) if site else None
        if home is None:
            return
        request._wagtail_site = site
        try:
            route = own_type(home).route(request, [part for part in args[0].split("/") if part])
        except Http404:
            route = None
        request._wagtail_route_for_request = route
