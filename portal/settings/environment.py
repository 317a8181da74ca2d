"""Reading the environment: every variable the portal knows passes through here.

A variable that is missing or malformed stops start-up with its name and the remedy. Each may be given as a file instead:
SECRET_KEY_FILE names a file that holds the value of SECRET_KEY.
"""

import base64
import binascii
import ipaddress
import re
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = BASE_DIR / "var"

# First steps of addresses that the portal needs itself.
TAKEN_PATHS = {
    *("csp-reports", "documents", "en", "healthz", "images", "media", "qr", "readyz", "share", "static"),
    *("zh", "zh-cn", "zh-hans"),
}

env = environ.FileAwareEnv()


def required(name: str, purpose: str) -> str:
    """Return the text of the variable `name`; raise ImproperlyConfigured when it is missing or empty."""
    value = env.str(name, default="").strip()
    if not value:
        raise ImproperlyConfigured(
            f"The environment variable {name} is not set: it holds {purpose}. "
            f"Set it before starting the portal (README.md lists every variable)."
        )
    return value


def listed(name: str) -> list[str]:
    """Return the parts of the variable `name`, which are separated by commas; none where it is not set."""
    return [part.strip() for part in env.str(name, default="").split(",") if part.strip()]


def flag(name: str, default: bool) -> bool:
    """Return the variable `name` as yes or no."""
    text = env.str(name, default="").strip().lower()
    if text in {"1", "true", "yes", "on"}:
        return True
    if text in {"0", "false", "no", "off"}:
        return False
    if text:
        raise ImproperlyConfigured(f"{name}={text!r} is neither yes nor no. Write 1 or 0.")
    return default


def port(name: str, default: int) -> int:
    """Return the variable `name` as the number of a port."""
    text = env.str(name, default="").strip() or str(default)
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise ImproperlyConfigured(f"{name}={text!r} is no port. Write a number from 1 to 65535.")
    return int(text)


def number(name: str, default: int, least: int = 0, most: int = 36_500) -> int:
    """Return the variable `name` as a whole number from `least` to `most`."""
    text = env.str(name, default="").strip() or str(default)
    if not re.fullmatch(r"[0-9]{1,9}", text) or not least <= int(text) <= most:
        raise ImproperlyConfigured(f"{name}={text!r} is no such number. Write a whole number from {least} to {most}.")
    return int(text)


def trusted_proxies(default: int = 0) -> int:
    """Return TRUSTED_PROXIES, how many proxies of our own stand before the portal: what they say of the request in
    X-Forwarded-* headers is believed. With 0 nothing of it is."""
    return number("TRUSTED_PROXIES", default, most=9)


def audit_keys() -> list[str]:
    """Return the keys of AUDIT_KEY, the newest first; stop where there is none."""
    required("AUDIT_KEY", "the key that signs the audit log, 50 random characters or more, before the keys used earlier")
    return listed("AUDIT_KEY")


def mirror_key() -> bytes | None:
    """Return MIRROR_KEY, the 32 bytes of the Ed25519 key that signs the static mirror; None where it is not set."""
    text = env.str("MIRROR_KEY", default="").strip()
    if not text:
        return None
    with suppress(binascii.Error):
        if len(key := base64.b64decode(text, validate=True)) == 32:
            return key
    # The value is not shown: it may be nearly right.
    raise ImproperlyConfigured(
        "MIRROR_KEY is no key. Write 32 random bytes in base64, as manage.py mirror --new-key shows them."
    )


def mirror_folder() -> Path:
    """Return MIRROR_DIR, the folder of the static mirror."""
    return Path(env.str("MIRROR_DIR", default="").strip() or VAR_DIR / "mirror").absolute()


def audit_folder() -> Path:
    """Return AUDIT_DIR, the folder of archived entries of the audit log."""
    return Path(env.str("AUDIT_DIR", default="").strip() or VAR_DIR / "audit")


def public_address() -> str:
    """Return BASE_URL, the start of every absolute link, without a slash at the end."""
    url = (env.str("BASE_URL", default="").strip() or "http://127.0.0.1:8000").rstrip("/")
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.path or parts.query:
        raise ImproperlyConfigured(f"BASE_URL={url!r} is no public address. Write it as https://home.example.cn.")
    return url


def security_contact() -> str:
    """Return SECURITY_CONTACT, where faults in security are reported, as the URI that RFC 9116 asks for; "" when unset."""
    contact = env.str("SECURITY_CONTACT", default="").strip()
    if re.fullmatch(r"[^\s@:/]+@[^\s@:/]+\.[^\s@:/]+", contact):
        contact = f"mailto:{contact}"
    if contact and not re.fullmatch(r"(mailto:[^\s@]+@[^\s@]+|https://[^\s/]+\S*)", contact):
        raise ImproperlyConfigured(
            f"SECURITY_CONTACT={contact!r} is neither a mail nor an https address. Write it as security@home.example.cn."
        )
    return contact


def admin_path() -> str:
    """Return ADMIN_PATH, where the admin stands, as "admin/": one step, without a slash before it and with one behind."""
    path = (env.str("ADMIN_PATH", default="").strip() or "admin").strip("/")
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{1,59}", path) or path in TAKEN_PATHS:
        raise ImproperlyConfigured(
            f"ADMIN_PATH={path!r} cannot be the admin's address. Write one word of small letters, figures and hyphens, "
            f"such as desk-7f3k, and none of {', '.join(sorted(TAKEN_PATHS))}."
        )
    return path + "/"


def admin_host() -> str:
    """Return ADMIN_HOST, the only host that the admin answers on, "desk.example.cn"; empty where it has none of its own."""
    host = env.str("ADMIN_HOST", default="").strip().lower()
    if host and not re.fullmatch(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?", host):
        raise ImproperlyConfigured(f"ADMIN_HOST={host!r} is no host. Write it as desk.example.cn, or leave it empty.")
    return host


def admin_networks() -> list[ipaddress.IPv4Network | ipaddress.IPv6Network]:
    """Return ADMIN_NETWORKS, the networks that the admin answers to; none where it answers to all."""
    networks = []
    for text in listed("ADMIN_NETWORKS"):
        try:
            networks.append(ipaddress.ip_network(text))
        except ValueError as error:
            raise ImproperlyConfigured(
                f"ADMIN_NETWORKS: {text!r} is no network ({error}). Write networks as 10.20.0.0/16, 2001:db8::/32."
            ) from error
    return networks


def breached_passwords_file() -> Path | None:
    """Return BREACHED_PASSWORDS_FILE, a list of SHA-1 hashes in ascending order with counts, None where there is none."""
    text = env.str("BREACHED_PASSWORDS_FILE", default="").strip()
    if not text:
        return None
    path = Path(text)
    try:
        with path.open("rb") as file:
            first = file.readline(100)
            file.seek(max(0, path.stat().st_size - 200))
            last = file.read().splitlines()[-1]
    except (OSError, IndexError) as error:
        raise ImproperlyConfigured(f"BREACHED_PASSWORDS_FILE={text!r} cannot be read: {error}.") from error
    if not all(re.fullmatch(rb"[0-9A-F]{40}(:[0-9]+)?\s*", line) for line in (first, last)) or first[:40] > last[:40]:
        raise ImproperlyConfigured(
            f"BREACHED_PASSWORDS_FILE={text!r} is no list of Pwned Passwords. "
            f"Give the SHA-1 list ordered by hash, with lines as 000000005AD76BD555C1D6D771DE417A4B87E4B4:10."
        )
    return path


def database() -> dict:
    """Return Django's settings for the database named by DATABASE_URL; SQLite below var/ by default."""
    url = env.str("DATABASE_URL", default="").strip() or f"sqlite:///{VAR_DIR / 'portal.sqlite3'}"
    config = {}
    if url.startswith(("postgres://", "postgresql://", "sqlite://")):
        with suppress(ValueError, KeyError):
            config = env.db_url_config(url)
    if not config.get("NAME"):
        # No part of the address is shown: it holds a password.
        raise ImproperlyConfigured(
            "DATABASE_URL is no address of a PostgreSQL or SQLite database. "
            "Write it as postgres://user:password@host:5432/name or sqlite:///path."
        )
    # Opened for each request, SQLite would cost milliseconds: the last connection that closes writes the log back.
    config["CONN_MAX_AGE"] = 600
    config["CONN_HEALTH_CHECKS"] = True
    if config["ENGINE"] == "django.db.backends.sqlite3":
        # Editors and readers at once: see "SQLite under editors" in README.md.
        config["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        }
    return config


def cache() -> dict:
    """Return Django's settings for the cache named by CACHE_URL; the process's own memory by default."""
    url = env.str("CACHE_URL", default="").strip()
    if not url:
        return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    try:
        parts = urlsplit(url)
        known = parts.scheme in {"redis", "rediss", "unix"} and (parts.port is None or parts.port > 0)
    except ValueError:  # raised for a port that is no number
        known = False
    if not known:
        raise ImproperlyConfigured("CACHE_URL is no Redis address. Write it as redis://host:6379/0, or leave it empty.")
    return {
        "BACKEND": "django_redis.cache.RedisCache",
        "LOCATION": url,
        # A cache that is down makes pages slower, never unavailable.
        "OPTIONS": {"IGNORE_EXCEPTIONS": True, "SOCKET_CONNECT_TIMEOUT": 1, "SOCKET_TIMEOUT": 1},
    }


def front_end_cache() -> dict:
    """Return Wagtail's settings for the cache before the portal that FRONT_END_CACHE names; none where there is none."""
    url = env.str("FRONT_END_CACHE", default="").strip()
    if not url:
        return {}
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise ImproperlyConfigured(
            f"FRONT_END_CACHE={url!r} is no address. Write it as http://127.0.0.1:6081, or leave it empty."
        )
    return {"purge": {"BACKEND": "wagtail.contrib.frontend_cache.backends.HTTPBackend", "LOCATION": url}}
