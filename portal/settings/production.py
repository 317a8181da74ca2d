"""Settings of a public server: every secret comes from the environment, and none has a default."""

from .base import *
from .environment import env, flag, port, required

DEBUG = False
SECRET_KEY = required("SECRET_KEY", "the signing key, 50 random characters or more")
_hosts = required("ALLOWED_HOSTS", "the portal's host names, separated by commas")
ALLOWED_HOSTS = [host.strip() for host in _hosts.split(",")]
required("BASE_URL", "the portal's public address, such as https://home.example.cn")
required("DATABASE_URL", "the address of the PostgreSQL (or SQLite) database")
CSRF_TRUSTED_ORIGINS = [BASE_URL]
SERVE_MEDIA = False

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

SECURE_SSL_REDIRECT = flag("SECURE_SSL_REDIRECT", default=True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True

EMAIL_HOST = env.str("EMAIL_HOST", default="localhost")
EMAIL_PORT = port("EMAIL_PORT", default=25)
EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", default="")
EMAIL_HOST_PASSWORD = env.str("EMAIL_HOST_PASSWORD", default="")
EMAIL_USE_TLS = flag("EMAIL_USE_TLS", default=False)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="noreply@" + ALLOWED_HOSTS[0])
