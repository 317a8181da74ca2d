"""Settings of `make run`: SQLite below var/, static files straight from their folders, no set-up."""

from django.core.management.utils import get_random_secret_key

from .base import *
from .environment import VAR_DIR, flag

DEBUG = flag("DEBUG", default=False)
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]


def _own_secret_key() -> str:
    """Return this working copy's key, made on first use: no key stands in the repository."""
    VAR_DIR.mkdir(exist_ok=True)
    path = VAR_DIR / "secret-key"
    try:
        with path.open("x") as file:
            file.write(get_random_secret_key())
        path.chmod(0o600)
    except FileExistsError:
        pass
    return path.read_text()


SECRET_KEY = _own_secret_key()
AUDIT_KEYS = [f"audit {SECRET_KEY}"]
SERVE_MEDIA = True
SECOND_FACTOR_REQUIRED = flag("SECOND_FACTOR", default=True)
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
