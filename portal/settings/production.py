"""Settings of a public server: every secret comes from the environment, and none has a default."""

from django.core.files.storage import FileSystemStorage

from .base import *
from .environment import VAR_DIR, audit_keys, env, flag, front_end_cache, listed, number, port, required, trusted_proxies

DEBUG = False
SECRET_KEY = required("SECRET_KEY", "the signing key, 50 random characters or more")
SECRET_KEY_FALLBACKS = listed("SECRET_KEY_FALLBACKS")
AUDIT_KEYS = audit_keys()
_hosts = required("ALLOWED_HOSTS", "the portal's host names, separated by commas")
ALLOWED_HOSTS = [host.strip() for host in _hosts.split(",")]
required("BASE_URL", "the portal's public address, such as https://home.example.cn")
required("DATABASE_URL", "the address of the PostgreSQL (or SQLite) database")
required("SECURITY_CONTACT", "the mail or https address for reports of security faults")
CSRF_TRUSTED_ORIGINS = [BASE_URL] + ([f"https://{ADMIN_HOST}"] if ADMIN_HOST else [])
SERVE_MEDIA = False
# Each entry of the audit log as a line of JSON, which the server's own log takes to a collector outside.
LOGGING["handlers"]["mirror"] = {"class": "logging.StreamHandler"}

WAGTAILFRONTENDCACHE = front_end_cache()
PAGE_CACHE_BYTES = number("PAGE_CACHE_MB", default=48, most=4096) * 2**20

STORAGES |= {
    "staticfiles": {
        "BACKEND": "core.storage.StaticStorage",
        # The list of all static files names every package: it lies beside what the web server hands out, not in it.
        "OPTIONS": {"manifest_storage": FileSystemStorage(VAR_DIR)},
    }
}

SECURE_SSL_REDIRECT = flag("SECURE_SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # asked on the machine itself
TRUSTED_PROXIES = trusted_proxies(default=1)
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_NAME = "__Host-session"
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"
CSRF_COOKIE_SECURE = True
DEVICE_COOKIE_NAME = "__Host-device"

EMAIL_HOST = env.str("EMAIL_HOST", default="localhost")
EMAIL_PORT = port("EMAIL_PORT", default=25)
EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", default="")
EMAIL_HOST_PASSWORD = env.str("EMAIL_HOST_PASSWORD", default="")
EMAIL_TIMEOUT = 10  # seconds: a sign-in waits for its notice
EMAIL_USE_TLS = flag("EMAIL_USE_TLS", default=False)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="noreply@" + ALLOWED_HOSTS[0])
