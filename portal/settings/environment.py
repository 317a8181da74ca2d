"""Reading the environment: every variable the portal knows passes through here.

A variable that is missing or malformed stops start-up with its name and the remedy.
"""

from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = BASE_DIR / "var"

env = environ.Env()


def required(name: str, purpose: str) -> str:
    """Return the text of the variable `name`; raise ImproperlyConfigured when it is missing or empty."""
    value = env.str(name, default="").strip()
    if not value:
        raise ImproperlyConfigured(
            f"The environment variable {name} is not set: it holds {purpose}. "
            f"Set it before starting the portal (README.md lists every variable)."
        )
    return value


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


def public_address() -> str:
    """Return BASE_URL, the start of every absolute link, without a slash at the end."""
    url = (env.str("BASE_URL", default="").strip() or "http://127.0.0.1:8000").rstrip("/")
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.path or parts.query:
        raise ImproperlyConfigured(f"BASE_URL={url!r} is no public address. Write it as https://home.example.cn.")
    return url


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
    if config["ENGINE"] == "django.db.backends.sqlite3":
        # Editors and readers at once: see "SQLite under editors" in README.md.
        config["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        }
    else:
        config["CONN_MAX_AGE"] = 600
        config["CONN_HEALTH_CHECKS"] = True
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
