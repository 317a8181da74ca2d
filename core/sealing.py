"""Texts that lie sealed in the database: a copy of it opens none without SECRET_KEY.

Each purpose has a key of its own, derived from SECRET_KEY; what an earlier key of SECRET_KEY_FALLBACKS sealed opens too.
"""

import base64
import hashlib
import hmac

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import models
from django.utils.translation import gettext


def _keys(purpose: str) -> list[bytes]:
    """Return the keys of 32 bytes for `purpose`, the present one first."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [hashlib.sha256(f"{purpose}{secret}".encode()).digest() for secret in secrets]


def cipher(purpose: str) -> MultiFernet:
    """Return what seals and opens texts for `purpose` ("accounts.second-factor")."""
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in _keys(purpose)])


def marks(purpose: str, text: str) -> list[str]:
    """Return the marks of `text` under each key, the present one first: 64 hexadecimal digits by which sealed texts are
    told to be equal, and nothing else about them."""
    return [hmac.new(key, text.encode(), hashlib.sha256).hexdigest() for key in _keys(purpose)]


class UnreadableText(str):
    """What stands for a text that no present key opens; saved again, it stays what it was."""

    __slots__ = ("token",)

    def __new__(cls, token: str):
        text = super().__new__(cls, gettext("(cannot be read: sealed with another key)"))
        text.token = token
        return text


class SealedTextField(models.TextField):
    """A text that is sealed on its way into the database. It can be neither searched nor sorted by."""

    def __init__(self, *args, purpose: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.purpose = purpose

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"purpose": self.purpose}

    def get_lookup(self, lookup_name):
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None

    def get_prep_value(self, value):
        if isinstance(value, UnreadableText):
            return value.token
        value = super().get_prep_value(value)
        return cipher(self.purpose).encrypt(value.encode()).decode() if value else value

    def from_db_value(self, value, expression, connection):
        if not value:
            return value
        try:
            return cipher(self.purpose).decrypt(value.encode()).decode()
        except InvalidToken:
            return UnreadableText(value)
