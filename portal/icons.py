"""The portal's icon where browsers look for it, and the manifest by which a phone keeps the portal on its screen."""

from django.http import Http404, HttpResponseRedirect, JsonResponse
from django.templatetags.static import static
from django.utils import translation
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from core.dependencies import may_be_kept
from core.languages import BY_PREFIX
from portal.models import SiteSettings

PAPER, BLUE = "#fbf9f4", "#14375f"
SIZES = (192, 512)


@require_safe
@cache_control(public=True, max_age=86_400)
def favicon(request) -> HttpResponseRedirect:
    return HttpResponseRedirect(static("icons/favicon.ico"))


@require_safe
@cache_control(public=True, max_age=86_400)
def manifest(request, prefix: str) -> JsonResponse:
    """Answer with the web app manifest (W3C) of the language `prefix`; the names are those of the portal settings."""
    language = BY_PREFIX.get(prefix)
    if language is None:
        raise Http404(f"There is no language {prefix}")
    may_be_kept()
    site = SiteSettings.for_request(request)
    with translation.override(language.code):
        name, tagline = site.site_name, site.tagline
    return JsonResponse(
        {
            "name": name,
            "short_name": name,
            "description": tagline,
            "lang": language.tag,
            "start_url": f"/{language.prefix}/",
            "scope": "/",
            "display": "browser",
            "background_color": PAPER,
            "theme_color": BLUE,
            "icons": [
                {"src": static(f"icons/icon-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png"} for size in SIZES
            ],
        },
        content_type="application/manifest+json",
        json_dumps_params={"ensure_ascii": False},
    )
