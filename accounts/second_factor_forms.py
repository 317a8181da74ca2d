"""allauth's forms for codes and passkeys, proof against codes shown twice and against credentials that are none."""

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as codes
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.webauthn import forms as passkeys
from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction


class _CodeOnce:
    """Accept each code of an app once (RFC 6238, 5.2).

    The last step that was used is kept with the secret: allauth's own note of it is in the cache, which may be down.
    """

    def clean_code(self):
        code = self.cleaned_data["code"]
        totp = Authenticator.objects.filter(user=self.user, type=Authenticator.Type.TOTP).first()
        step = _step_of(totp, code) if totp else None
        if step is None:
            return super().clean_code()  # a recovery code, or a wrong one
        with transaction.atomic():
            totp = Authenticator.objects.select_for_update().get(pk=totp.pk)
            is_fresh = step > totp.data.get("last_step", 0)
            if is_fresh:
                totp.data["last_step"] = step
                totp.save(update_fields=["data"])
        if not is_fresh:
            self._emit_authentication_failed(totp)
            raise get_adapter().validation_error("incorrect_code")
        totp.user = self.user
        self.authenticator = totp
        return code


def _step_of(totp: Authenticator, code: str) -> int | None:
    """Return the step of 30 seconds that `code` belongs to, None when it belongs to none of those that count."""
    secret = get_adapter().decrypt(totp.data["secret"])
    for step in yield_hotp_counters_from_time():
        if compare_user_code(actual=code, expected=format_hotp_value(hotp_value(secret, step))):
            return step
    return None


class AuthenticateByCodeForm(_CodeOnce, codes.AuthenticateForm):
    pass


class ReauthenticateByCodeForm(_CodeOnce, codes.ReauthenticateForm):
    pass


class _CredentialField(forms.JSONField):
    """JSON as it comes from the browser; what is nested too deep for the parser is refused as well."""

    widget = forms.HiddenInput

    def to_python(self, value):
        try:
            return super().to_python(value)
        except RecursionError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error


class _WellFormedCredential:
    """Refuse as a wrong code what is no credential at all: whatever else was sent breaks inside the parsers."""

    def _checked(self, check):
        try:
            return check()
        except ValidationError:
            raise
        except Exception as error:
            raise get_adapter().validation_error("incorrect_code") from error


class AuthenticateByPasskeyForm(_WellFormedCredential, passkeys.AuthenticateWebAuthnForm):
    credential = _CredentialField()

    def clean_credential(self):
        return self._checked(super().clean_credential)


class ReauthenticateByPasskeyForm(_WellFormedCredential, passkeys.ReauthenticateWebAuthnForm):
    credential = _CredentialField()

    def clean_credential(self):
        return self._checked(super().clean_credential)


class AddPasskeyForm(_WellFormedCredential, passkeys.AddWebAuthnForm):
    name = forms.CharField(required=False, max_length=60)
    credential = _CredentialField()

    def clean(self):
        return self._checked(super().clean)
