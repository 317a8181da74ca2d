"""Which release of the portal made an answer: copies of another one are not given out."""

import hashlib
from functools import cache
from importlib.metadata import version

from django.apps import apps
from django.conf import settings

PACKAGES = ("django", "wagtail")
SUFFIXES = {".html", ".json", ".mo", ".py", ".txt", ".xml"}
FOLDERS = ("templates", "locale", "portal/settings")
SHOWN_SETTINGS = ("BASE_URL", "RESPONSE_HEADERS", "CONTENT_SECURITY_POLICY", "ADMIN_PATH", "STATIC_URL", "MEDIA_URL")


@cache
def release() -> str:
    """Return a fingerprint of what answers are made with: code, templates, translations, static files, settings."""
    own = [settings.BASE_DIR / app.name for app in apps.get_app_configs() if (settings.BASE_DIR / app.name).is_dir()]
    files = {
        path
        for folder in [*own, *(settings.BASE_DIR / name for name in FOLDERS)]
        for path in folder.rglob("*")
        if path.suffix in SUFFIXES and path.is_file()
    }
    digest = hashlib.blake2b(digest_size=8)
    for path in sorted(files):
        digest.update(str(path.relative_to(settings.BASE_DIR)).encode() + path.read_bytes())
    manifest = settings.STATIC_ROOT.parent / "staticfiles.json"
    digest.update(manifest.read_bytes() if manifest.is_file() else b"")
    digest.update(repr([version(name) for name in PACKAGES]).encode())
    digest.update(repr([getattr(settings, name) for name in SHOWN_SETTINGS]).encode())
    return digest.hexdigest()
