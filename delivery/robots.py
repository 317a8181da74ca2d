from django.http import HttpResponse

from core.addresses import absolute_url
from core.methods import read_only

RULES = """User-agent: *
Disallow: /documents/
Sitemap: {sitemap}
"""


@read_only
def robots(request) -> HttpResponse:
    return HttpResponse(RULES.format(sitemap=absolute_url("/sitemap.xml")), content_type="text/plain")
