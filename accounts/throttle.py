"""How often a password, a code or a passkey may be tried in vain.

Failed tries are counted for the account and for the address, on a device that the account's owner has signed in on
for that device alone: strangers who guess at an account do not shut it on its owner's devices (OWASP, "Slow Down
Online Guessing Attacks with Device Cookies"). A try is counted before it is looked at, so that tries at the same time
are counted too, and taken back when it was right.
"""

import hashlib
import logging
import math
import time
from functools import wraps

from django.conf import settings
from django.shortcuts import render

from accounts.devices import known_device
from core.client_address import counted_address
from core.counting import count, take_back
from core.signals import tries_refused

SECRET_FIELDS = {"__all__", "password", "oldpassword", "code", "credential"}
logger = logging.getLogger("django.accounts")


def throttled(whose):
    """Guard a view that takes a secret; `whose(request)` returns the name of the account at stake."""

    def decorator(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if request.method != "POST":
                return view(request, *args, **kwargs)
            username = whose(request)
            counts = counts_of(request, username)
            wait = _count(counts, username)
            if wait:
                return _refuse(request, wait)
            response = view(request, *args, **kwargs)
            if not _failed(response):
                _take_back(counts)
            return response

        return guarded

    return decorator


def counts_of(request, username: str) -> list[tuple[str, int]]:
    """Return under which keys a try is counted, each with the number of tries it allows."""
    if device := known_device(request, username):
        return [(_key("device", device), settings.THROTTLE_TRIES_OF_DEVICE)]
    return [
        (_key("address", counted_address(request)), settings.THROTTLE_TRIES_OF_ADDRESS),
        (_key("account", username.casefold()), settings.THROTTLE_TRIES_OF_ACCOUNT),
    ]


def _key(kind: str, name: str) -> str:
    return f"throttle:{kind}:{hashlib.sha256(name.encode()).hexdigest()}"


def _count(counts: list[tuple[str, int]], username: str) -> int:
    """Count a try; return how many seconds it has to wait, 0 when it may be looked at."""
    for place, (key, tries) in enumerate(counts):
        number, until = count(key, settings.THROTTLE_SECONDS)
        if number > tries:
            _take_back(counts[:place])
            if number == tries + 1:
                logger.warning("Tries to sign in are refused for %d seconds (%s).", until - time.time(), key)
                tries_refused.send(throttled, username=username)
            return max(1, math.ceil(until - time.time()))
    return 0


def _take_back(counts: list[tuple[str, int]]) -> None:
    for key, _tries in counts:
        take_back(key)


def _failed(response) -> bool:
    """Whether the view gave its form back because of the secret, not because of a field beside it."""
    context = getattr(response, "context_data", None) or {}
    forms = [context[name] for name in ("form", "webauthn_form") if context.get(name)]
    return any(form.is_bound and SECRET_FIELDS & set(form.errors) for form in forms)


def _refuse(request, wait: int):
    response = render(request, "account/too_many_tries.html", {"minutes": math.ceil(wait / 60)}, status=429)
    response.headers["Retry-After"] = str(wait)
    return response
