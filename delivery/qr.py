from io import BytesIO

import segno
from django.http import Http404, HttpResponse
from django.utils.encoding import escape_uri_path
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from core.addresses import absolute_url
from core.dependencies import ANY_PARAMETER, may_be_kept, not_worth_keeping, parameter_read
from core.languages import language_of_path

LONGEST = 400  # characters of an address that a phone still reads off a screen


@require_safe
@cache_control(public=True, max_age=86_400)
def qr_code(request, path: str) -> HttpResponse:
    """Answer with the QR code (SVG) that leads a phone to `path` ("zh/news/"), with the same query, on the public address."""
    query = request.META.get("QUERY_STRING", "")
    parameter_read(ANY_PARAMETER)
    not_worth_keeping()  # paths can be invented without end
    if not query:
        may_be_kept()
    address = absolute_url(escape_uri_path(f"/{path}")) + (f"?{query}" if query else "")
    if language_of_path(f"/{path}") is None or len(address) > LONGEST:
        raise Http404("A QR code leads to a page of the portal")
    code = segno.make(address, error="m", micro=False)
    drawing = BytesIO()
    code.save(drawing, kind="svg", border=2, omitsize=True, xmldecl=False, dark="#000", light="#fff")
    return HttpResponse(drawing.getvalue(), content_type="image/svg+xml")
