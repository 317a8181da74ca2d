"""Reading the environment: every variable the portal knows passes through here.

A variable that is missing or malformed stops start-up with its name and the remedy.
"""

from pathlib import Path

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


def database() -> dict:
    """Return Django's settings for the database named by DATABASE_URL; SQLite below var/ by default."""
    url = env.str("DATABASE_URL", default="").strip() or f"sqlite:///{VAR_DIR / 'portal.sqlite3'}"
    try:
        config = env.db_url_config(url)
    except (ValueError, KeyError) as error:
        raise ImproperlyConfigured(
            f"DATABASE_URL={url!r} is no database address ({error}). "
            "Write it as postgres://user:password@host:5432/name or sqlite:///path."
        ) from error
    if config["ENGINE"] == "django.db.backends.sqlite3":
        # Editors and readers at once: see "SQLite under editors" in README.md.
        config["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        }
    elif config["ENGINE"] == "django.db.backends.postgresql":
        config["CONN_MAX_AGE"] = 600
        config["CONN_HEALTH_CHECKS"] = True
    else:
        raise ImproperlyConfigured(
            f"DATABASE_URL names {config['ENGINE']!r}; the portal runs on PostgreSQL (postgres://) or SQLite (sqlite:///)."
        )
    return config


def cache() -> dict:
    """Return Django's settings for the cache named by CACHE_URL; the process's own memory by default."""
    url = env.str("CACHE_URL", default="").strip()
    if not url:
        return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    if not url.startswith(("redis://", "rediss://", "unix://")):
        raise ImproperlyConfigured(
            f"CACHE_URL={url!r} is no Redis address. Write it as redis://host:6379/0, or leave it empty."
        )
    return {
        "BACKEND": "django_redis.cache.RedisCache",
        "LOCATION": url,
        # A cache that is down makes pages slower, never unavailable.
        "OPTIONS": {"IGNORE_EXCEPTIONS": True, "SOCKET_CONNECT_TIMEOUT": 1, "SOCKET_TIMEOUT": 1},
    }
