"""Absolute addresses come from the settings, never from the Host header of a request."""

from django.conf import settings


def absolute_url(path: str) -> str:
    """Return the public address of `path` ("/zh/news/"); an address that is absolute already stays as it is."""
    return settings.BASE_URL + path if path.startswith("/") else path
