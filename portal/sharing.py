from django.http import Http404, HttpResponse, QueryDict
from django.utils import translation
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from wagtail.models import Page

from core.languages import language_of_path
from core.share_images import kept_share_image
from portal.models import SiteSettings


@require_safe
@cache_control(public=True, max_age=86_400)
def share_image(request, path: str) -> HttpResponse:
    """Answer with the drawn share image (PNG) of the public page at `path` ("zh/news/2023/")."""
    language = language_of_path(f"/{path}")
    if language is None or "//" in path:  # Wagtail finds a page under endlessly many such spellings
        raise Http404("A share image belongs to a page of the portal")
    with translation.override(language.code):
        context = _context_of(request, path.split("/", 1)[1])
        if not any(entry.exists and entry.language is language for entry in context["alternates"]):
            raise Http404("This page does not exist in this language")
        topics = context.get("topics") or [None]
        picture = kept_share_image(
            context["head_title"], getattr(topics[0], "slug", ""), SiteSettings.for_request(request).site_name
        )
    return HttpResponse(picture, content_type="image/png")


def _context_of(request, path: str) -> dict:
    """Return what the public page at `path` below its language's prefix is rendered with, else raise Http404.

    Without the query of the request: a page may repeat it in its title, and nobody draws their own words here.
    """
    request.GET = QueryDict()
    route = Page.route_for_request(request, path)
    if route is None or route.page.get_view_restrictions().exists():
        raise Http404("There is no public page at this address")
    response = route.page.serve(request, *route.args, **route.kwargs)
    context = getattr(response, "context_data", None) or {}
    if response.status_code != 200 or "head_title" not in context:
        raise Http404("There is no page of its own at this address")
    return context
