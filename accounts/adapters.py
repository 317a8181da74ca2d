"""How allauth behaves here: nobody signs up, nothing tells which accounts exist, notices in the person's language."""

import time
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from cryptography.fernet import InvalidToken
from django.conf import settings
from django.shortcuts import resolve_url
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.notices import send_notice
from accounts.steps import may_enter_admin
from core.client_address import client_address
from core.sealing import cipher

PURPOSE = "accounts.second-factor"


class StaffAccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _("User name and password do not match. Check both and try again."),
        "incorrect_password": _("That is not your password. Try again."),
        "enter_current_password": _("That is not your present password. Try again."),
    }

    def is_open_for_signup(self, request):
        return False

    def is_ajax(self, request):
        return False

    def authenticate(self, request, **credentials):
        """Return the person, None also for one whose account is inactive: the answer must not tell that it exists."""
        user = super().authenticate(request, **credentials)
        return user if user and user.is_active else None

    def pre_login(self, request, user, **kwargs):
        """Give the session another key: what knew it before the password was right knows it no longer."""
        request.session.cycle_key()
        return super().pre_login(request, user, **kwargs)

    def is_reauthentication_required(self, *, app, **kwargs):
        """Whoever has just signed in is not asked for the password again."""
        records = get_authentication_records(context.request, context.request.user)
        return not records or time.time() - records[-1]["at"] > settings.ACCOUNT_REAUTHENTICATION_TIMEOUT

    def get_login_redirect_url(self, request):
        return resolve_url(settings.LOGIN_REDIRECT_URL) if may_enter_admin(request.user) else "/"

    def get_client_ip(self, request):
        return client_address(request)

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        send_notice(self.request, user, template_prefix)


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("This code is not right, or was used already. Wait for the next one and try again."),
    }

    def get_totp_label(self, user):
        return user.get_username()

    def generate_authenticator_name(self, user, type):
        return gettext("Passkey %(number)d") % {"number": Authenticator.objects.filter(user=user, type=type).count() + 1}

    def get_public_key_credential_rp_entity(self):
        """Passkeys belong to the admin's host. An address in figures can have none: they are made for localhost then."""
        host = (settings.ADMIN_HOST or urlsplit(settings.BASE_URL).netloc).rpartition("@")[2].split(":")[0]
        return {"id": "localhost" if host == "127.0.0.1" else host, "name": settings.WAGTAIL_SITE_NAME}

    def encrypt(self, text):
        return cipher(PURPOSE).encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        try:
            return cipher(PURPOSE).decrypt(encrypted_text.encode()).decode()
        except InvalidToken:  # sealed with another SECRET_KEY: a secret that no code fits
            return generate_totp_secret()
