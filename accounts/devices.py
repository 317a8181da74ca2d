"""Devices on which a person has signed in completely: a signed cookie tells them from those of strangers."""

import secrets

from django.conf import settings
from django.core import signing

SALT = "accounts.device"


def known_device(request, username: str) -> str:
    """Return the name of the device if `username` has signed in on it, an empty text for every other one."""
    try:
        device = signing.loads(
            request.COOKIES.get(settings.DEVICE_COOKIE_NAME, ""), salt=SALT, max_age=settings.DEVICE_COOKIE_SECONDS
        )
        return device["device"] if device["username"] == username.casefold() else ""
    except (signing.BadSignature, KeyError, TypeError):
        return ""


def remember_device(request, response, username: str) -> None:
    """Set the cookie that lets `username` be known on this device."""
    device = known_device(request, username) or secrets.token_urlsafe(16)
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        signing.dumps({"username": username.casefold(), "device": device}, salt=SALT),
        max_age=settings.DEVICE_COOKIE_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )
