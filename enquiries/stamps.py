"""The stamp of a form: that the portal gave it out, when, and which one it is."""

import secrets
from dataclasses import dataclass
from time import time

from django.conf import settings
from django.core import signing

_SIGNER_SALT = "enquiries.form"
GOOD_FOR = 24 * 3600  # seconds


@dataclass(frozen=True)
class Stamp:
    """`key` is the form's own, "" where the stamp is not the portal's; `age` is in seconds."""

    key: str
    age: float

    @property
    def is_known(self) -> bool:
        return bool(self.key) and self.age <= GOOD_FOR

    @property
    def is_hasty(self) -> bool:
        """Whether the form came back faster than a person fills it in."""
        return self.age < settings.ENQUIRY_LEAST_SECONDS


def new_stamp() -> str:
    return signing.dumps([secrets.token_urlsafe(12), time()], salt=_SIGNER_SALT)


def read_stamp(text: str) -> Stamp:
    try:
        key, moment = signing.loads(text, salt=_SIGNER_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return Stamp("", 0)
    return Stamp(key, time() - moment)
