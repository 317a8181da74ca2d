"""Sign-ins, sign-outs and failures."""

from django.contrib.auth import get_user_model
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed

from audit.events import Event
from audit.recording import record
from core.signals import tries_refused


def connect() -> None:
    user_logged_in.connect(on_signed_in)
    user_logged_out.connect(on_signed_out)
    user_login_failed.connect(on_failed)
    tries_refused.connect(on_refused)


def on_signed_in(sender, user, **kwargs) -> None:
    record(Event.SIGNED_IN, actor=user)


def on_signed_out(sender, user, **kwargs) -> None:
    if user is not None:
        record(Event.SIGNED_OUT, actor=user)


def on_failed(sender, credentials, **kwargs) -> None:
    """Name the account where there is one; never what was typed, as people type passwords into the wrong field."""
    model = get_user_model()
    name = credentials.get(model.USERNAME_FIELD) or ""
    _record_tries(Event.SIGN_IN_FAILED, name, credentials.get("email") or "")


def on_refused(sender, username, **kwargs) -> None:
    _record_tries(Event.SIGN_IN_REFUSED, username)


def _record_tries(event: Event, name: str, email: str = "") -> None:
    model = get_user_model()
    accounts = model.objects.filter(**{model.USERNAME_FIELD: name}) if name else model.objects.filter(email__iexact=email)
    account = accounts.first() if (name or email) and "\0" not in name + email else None
    record(event, account, details={} if account else {"account": "unknown"})
