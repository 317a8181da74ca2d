"""Addresses of Wagtail's admin that the portal does not offer."""

from django.http import Http404


def not_offered(request, **arguments):
    raise Http404("The portal does not offer this.")
