from django.http import HttpResponse

from core.addresses import absolute_url
from core.dependencies import may_be_kept
from core.methods import read_only

RULES = """User-agent: *
Disallow: /documents/
Sitemap: {sitemap}
"""


@read_only
def robots(request) -> HttpResponse:
    may_be_kept()
    return HttpResponse(RULES.format(sitemap=absolute_url("/sitemap.xml")), content_type="text/plain")
