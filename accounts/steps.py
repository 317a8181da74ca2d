"""What a person who has signed in must still do before the portal takes the session for theirs."""

from dataclasses import dataclass
from datetime import timedelta

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.utils import timezone


@dataclass(frozen=True)
class Step:
    """`page` is the name of the address where the step is taken, `pages` are all that it needs."""

    page: str
    pages: frozenset[str]


PROVE_BY_CODE = Step("mfa_reauthenticate", frozenset({"mfa_reauthenticate", "mfa_reauthenticate_webauthn", "account_logout"}))
PROVE_BY_PASSKEY = Step("mfa_reauthenticate_webauthn", PROVE_BY_CODE.pages)
CHANGE_PASSWORD = Step("account_change_password", frozenset({"account_change_password", "account_logout"}))
ENROL = Step(
    "mfa_index",
    frozenset({"mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "account_reauthenticate", "account_logout"}),
)


def step_due(request, user) -> Step | None:
    """Return the step that `user` must take next in this session, None when nothing is due."""
    if not user.is_authenticated:
        return None
    second_factor_due = needs_second_factor(user) and not has_second_factor(request, user)
    if second_factor_due:
        types = set(Authenticator.objects.filter(user=user).values_list("type", flat=True))
        if Authenticator.Type.TOTP in types:
            return PROVE_BY_CODE
        if Authenticator.Type.WEBAUTHN in types:
            return PROVE_BY_PASSKEY
    if password_has_aged(user):
        return CHANGE_PASSWORD
    return ENROL if second_factor_due else None


def may_enter_admin(user) -> bool:
    return user.is_superuser or user.has_perm("wagtailadmin.access_admin")


def needs_second_factor(user) -> bool:
    return settings.SECOND_FACTOR_REQUIRED and may_enter_admin(user)


def has_second_factor(request, user) -> bool:
    """Whether `user` has shown a second factor in this session."""
    return any(record["method"] == "mfa" for record in get_authentication_records(request, user))


def password_has_aged(user) -> bool:
    """Whether the password is somebody else's choice, or older than PASSWORD_MAX_AGE_DAYS."""
    if not user.has_usable_password():
        return False
    if user.password_changed_on is None:
        return True
    days = settings.PASSWORD_MAX_AGE_DAYS
    return bool(days) and timezone.now() - user.password_changed_on > timedelta(days=days)
