"""Clients of signed-in staff, for tests of what they may do."""

import time

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.account.internal.userkit import user_id_to_str
from django.test import Client

PASSWORD = "a long password of the tests"


def client_of(user, **options) -> Client:
    """Return a client in which `user` is signed in with password and second factor, as after the forms; `options` are
    those of Django's Client."""
    client = half_signed_in(user, **options)
    _record(client, user, "password", "mfa")
    return client


def half_signed_in(user, **options) -> Client:
    """Return a client in which `user` has passed the password's form and nothing else."""
    client = Client(**options)
    client.force_login(user)
    _record(client, user, "password")
    return client


def _record(client, user, *methods: str) -> None:
    """Write down as allauth does by which methods `user` has signed in."""
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": method, "at": time.time()} for method in methods]
    session[f"{AUTHENTICATION_METHODS_SESSION_KEY}_user"] = user_id_to_str(user)
    session.save()
