from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils import timezone

from core.addresses import absolute_url
from core.methods import read_only

TEXT = """Contact: {contact}
Expires: {expires}
Preferred-Languages: zh, en
Canonical: {canonical}
"""
VALID_DAYS = 180  # a contact that nobody serves any more ends within the year that RFC 9116 allows


@read_only
def security_txt(request) -> HttpResponse:
    """Answer with the contact for reports of security faults in the form of RFC 9116; 404 where none is set."""
    if not settings.SECURITY_CONTACT:
        raise Http404("SECURITY_CONTACT is not set")
    expires = (timezone.now() + timedelta(days=VALID_DAYS)).strftime("%Y-%m-%dT00:00:00Z")
    text = TEXT.format(contact=settings.SECURITY_CONTACT, expires=expires, canonical=absolute_url(request.path))
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
