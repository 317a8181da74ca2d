from django.http import HttpResponse
from django.views.decorators.http import require_safe

from core.addresses import absolute_url

RULES = """User-agent: *
Disallow: /admin/
Disallow: /documents/
Sitemap: {sitemap}
"""


@require_safe
def robots(request) -> HttpResponse:
    return HttpResponse(RULES.format(sitemap=absolute_url("/sitemap.xml")), content_type="text/plain")
