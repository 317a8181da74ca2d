"""Settings of the test suite: as `make run`, with quick hashing and files in a folder of its own."""

import os

from .dev import *
from .environment import VAR_DIR

DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "testserver"]
SECRET_KEY = "a key for tests only"
AUDIT_KEYS = ["an audit key for tests only"]

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": VAR_DIR / "test.sqlite3"}
SECOND_FACTOR_REQUIRED = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MEDIA_ROOT = VAR_DIR / "test-media"
AUDIT_DIR = VAR_DIR / "test-audit"
MIRROR_DIR = VAR_DIR / "test-mirror"
PRIVATE_MEDIA_ROOT = VAR_DIR / "test-private"
CHANGES_LINE = False  # threads that listen would outlive the tests
ENQUIRY_LEAST_SECONDS = 0  # browsers of the suite write fast
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

if CACHES["default"]["BACKEND"].startswith("django_redis"):
    # Each worker of the suite empties its cache before every test: it has a Redis database of its own.
    address, _slash, number = CACHES["default"]["LOCATION"].rpartition("/")
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
    CACHES["default"]["LOCATION"] = f"{address}/{int(number) - int(worker)}"
