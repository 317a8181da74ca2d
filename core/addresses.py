"""Absolute addresses come from the settings, never from the Host header of a request."""

from urllib.parse import urlsplit

from django.conf import settings


def public_host() -> str:
    """Return the host of the public address: "home.example.cn"."""
    return urlsplit(settings.BASE_URL).netloc


def absolute_url(path: str) -> str:
    """Return the public address of `path` ("/zh/news/"); an address that is absolute already stays as it is."""
    return settings.BASE_URL + path if path.startswith("/") else path


def admin_url(path: str = "") -> str:
    """Return the address of the admin, or of its page at `path` ("/admin/pages/3/edit/"), for mail to staff."""
    path = path or f"/{settings.ADMIN_PATH}"
    return (
        f"{settings.BASE_URL.partition('://')[0]}://{settings.ADMIN_HOST}{path}" if settings.ADMIN_HOST else absolute_url(path)
    )
