"""Second factors and the list of one's sessions, of django-allauth."""

from django.db.models.signals import post_delete

from audit.events import Event
from audit.origin import current_request
from audit.recording import record


def connect() -> None:
    from allauth.mfa import signals
    from allauth.usersessions.models import UserSession

    signals.authenticator_added.connect(on_added)
    signals.authenticator_removed.connect(on_removed)
    signals.authenticator_reset.connect(on_renewed)
    signals.authenticator_used.connect(on_used)
    signals.authentication_failed.connect(on_failed)
    post_delete.connect(on_session_deleted, sender=UserSession)


def on_added(sender, user, authenticator, **kwargs) -> None:
    record(Event.FACTOR_ADDED, user, details={"type": authenticator.type})


def on_removed(sender, user, authenticator, **kwargs) -> None:
    record(Event.FACTOR_REMOVED, user, details={"type": authenticator.type})


def on_renewed(sender, user, authenticator, **kwargs) -> None:
    record(Event.FACTOR_RENEWED, user, details={"type": authenticator.type})


def on_used(sender, user, authenticator, **kwargs) -> None:
    if authenticator.type == authenticator.Type.RECOVERY_CODES:
        record(Event.RECOVERY_CODE_USED, user)


def on_failed(sender, user, authenticator=None, **kwargs) -> None:
    record(Event.FACTOR_FAILED, user, details={"type": authenticator.type} if authenticator else {})


def on_session_deleted(sender, instance, **kwargs) -> None:
    """Record a session ended from another one; signing out of one's own is recorded as that."""
    request = current_request()
    own = getattr(getattr(request, "session", None), "session_key", None)
    if request is not None and instance.session_key != own:
        record(Event.SESSION_ENDED, instance.user)
