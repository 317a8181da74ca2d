"""Redirects that editors make: they lead to this portal alone, and are followed only to what a stranger may read."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpResponsePermanentRedirect, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.redirects.middleware import RedirectMiddleware, get_redirect
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from core.visibility import visible


def own_address(target: str) -> None:
    """Raise ValidationError unless `target` is an address at one of the portal's own hosts."""
    hosts = {urlsplit(settings.BASE_URL).netloc, *Site.objects.values_list("hostname", flat=True)}
    if not url_has_allowed_host_and_scheme(target, hosts):
        message = _("A redirect leads to this portal alone. Choose a page, or give an address that starts with %(start)s/.")
        raise ValidationError(message, code="foreign", params={"start": settings.BASE_URL})


class PublicRedirectMiddleware(RedirectMiddleware):
    """Wagtail's redirects, except those to pages that are not public: their address would tell the page's title."""

    def process_response(self, request, response):
        if response.status_code != 404:
            return response
        path = Redirect.normalise_path(request.get_full_path(), decode_unicode=False)
        redirect = get_redirect(request, path) or get_redirect(request, urlsplit(path).path)
        page = redirect and redirect.redirect_page_id
        if redirect is None or (page and not visible(Page.objects.filter(pk=page)).exists()) or not redirect.link:
            return response
        answer = HttpResponsePermanentRedirect if redirect.is_permanent else HttpResponseRedirect
        return answer(redirect.link)
