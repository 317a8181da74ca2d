"""What a person has in hand: an authenticator app and its codes."""

import time

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value

STEP = 30


def code_of(secret: str, ahead: int = 0) -> str:
    """Return what an app with `secret` shows, or will show `ahead` steps from now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // STEP + ahead))


def give_app(user) -> str:
    """Enrol an authenticator app for `user` and return its secret."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def give_recovery_codes(user) -> list[str]:
    return RecoveryCodes.activate(user).get_unused_codes()


def types_of(user) -> set[str]:
    return set(Authenticator.objects.filter(user=user).values_list("type", flat=True))
