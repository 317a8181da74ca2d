"""The key that signs the mirror's manifest (Ed25519), and its public half, by which anyone can check it."""

import base64
import hashlib
import hmac

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings


def signing_key() -> Ed25519PrivateKey:
    """Return the key of MIRROR_KEY; one derived from SECRET_KEY where that is not set."""
    seed = settings.MIRROR_KEY or hmac.digest(settings.SECRET_KEY.encode(), b"delivery.mirror", hashlib.sha256)
    return Ed25519PrivateKey.from_private_bytes(seed)


def public_text(key: Ed25519PrivateKey) -> str:
    """Return the public half of `key` as text, for `public_key`."""
    return base64.b64encode(key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)).decode()


def public_key(text: str) -> Ed25519PublicKey:
    """Return the key of `text`; raise ValueError where it is none."""
    return Ed25519PublicKey.from_public_bytes(base64.b64decode(text, validate=True))


def is_signed(content: bytes, signature: bytes, key: Ed25519PublicKey) -> bool:
    try:
        key.verify(base64.b64decode(signature), content)
    except (InvalidSignature, ValueError):
        return False
    return True


def sign(content: bytes, key: Ed25519PrivateKey) -> bytes:
    return base64.b64encode(key.sign(content))
