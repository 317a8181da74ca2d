"""What follows from signing in, from a second factor, from a changed account."""

import time

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY, record_authentication
from allauth.account.signals import user_logged_in as signed_in
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed
from allauth.usersessions.models import UserSession
from django.contrib.auth.signals import user_logged_in as session_begun
from django.db.models.signals import post_save

from accounts.devices import known_device
from accounts.models import User
from accounts.notices import send_notice
from accounts.reviewing import start_over
from accounts.steps import has_second_factor, needs_second_factor


def connect() -> None:
    session_begun.connect(note_beginning)
    signed_in.connect(look_at_device)
    authenticator_added.connect(take_as_second_factor)
    authenticator_removed.connect(forget_second_factor)
    post_save.connect(end_sessions_of_inactive, sender=User)
    post_save.connect(start_over)


def note_beginning(sender, request, user, **kwargs) -> None:
    request.session["begun_at"] = request.session["seen_at"] = time.time()


def look_at_device(sender, request, user, **kwargs) -> None:
    """Tell the person of a sign-in from a device that is not known; know it from here on if the sign-in is complete."""
    if not known_device(request, user.get_username()):
        send_notice(request, user, "account/email/signed_in")
    if has_second_factor(request, user) or not needs_second_factor(user):
        request.person_to_remember = user


def take_as_second_factor(sender, request, user, authenticator, **kwargs) -> None:
    """Enrolment shows the second factor once: the session need not ask for it again, and gets another key."""
    if authenticator.type == Authenticator.Type.RECOVERY_CODES or has_second_factor(request, user):
        return
    record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)
    former = request.session.session_key
    request.session.cycle_key()
    UserSession.objects.filter(session_key=former).update(session_key=request.session.session_key)
    request.person_to_remember = user


def forget_second_factor(sender, request, user, **kwargs) -> None:
    """Whoever takes off their last second factor has shown none."""
    if request is None or Authenticator.objects.filter(user=user).exists():
        return
    records = request.session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
    request.session[AUTHENTICATION_METHODS_SESSION_KEY] = [record for record in records if record["method"] != "mfa"]


def end_sessions_of_inactive(sender, instance, **kwargs) -> None:
    if not instance.is_active:
        for session in UserSession.objects.filter(user=instance):
            session.end()
