"""What the environment may hold: a fault in it stops start-up with the variable's name and the remedy."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.cache import caches
from django.core.exceptions import ImproperlyConfigured

from portal.settings import environment

PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "portal.settings.production",
    "SECRET_KEY": "an-example-key-for-this-test-of-more-than-fifty-characters",
    "AUDIT_KEY": "an-example-audit-key-for-this-test-of-more-than-fifty-characters",
    "ALLOWED_HOSTS": "home.example.cn, www.home.example.cn",
    "BASE_URL": "https://home.example.cn/",
    "DATABASE_URL": "postgres://portal:a-password@127.0.0.1:1/portal",
    "SECURITY_CONTACT": "security@home.example.cn",
}
KNOWN = {
    *PRODUCTION,
    *("CACHE_URL", "DEBUG", "SECURE_SSL_REDIRECT", "EMAIL_HOST", "EMAIL_PORT", "EMAIL_USE_TLS", "ADMIN_PATH"),
    *("TRUSTED_PROXIES", "AUDIT_KEPT_DAYS", "VIEWS_KEPT_DAYS", "ACCOUNTS_UNUSED_DAYS", "AUDIT_DIR"),
    *("ENQUIRY_RETENTION_DAYS", "SECRET_KEY_FALLBACKS", "MIRROR_DIR", "MIRROR_KEY"),
}


def _python(code: str, **variables: str) -> subprocess.CompletedProcess:
    """Run `code` in a new process that has `variables` and none other of ours."""
    inherited = {name: value for name, value in os.environ.items() if name not in KNOWN}
    command = [sys.executable, "-c", f"import django; django.setup(); from django.conf import settings; {code}"]
    return subprocess.run(
        command, env=inherited | variables, cwd=settings.BASE_DIR, capture_output=True, text=True, timeout=60, check=False
    )


def _refusal(**changes: str) -> str:
    """Return with what message the production settings refuse to start."""
    process = _python("print('started')", **PRODUCTION | changes)
    assert process.returncode != 0
    assert "started" not in process.stdout
    last_line = process.stderr.strip().splitlines()[-1]
    assert last_line.startswith("django.core.exceptions.ImproperlyConfigured: ")
    return last_line


def test_the_production_settings_start_with_what_they_require():
    code = "print(settings.DEBUG, settings.BASE_URL, settings.ALLOWED_HOSTS, settings.SECURE_SSL_REDIRECT)"
    process = _python(code, **PRODUCTION)

    assert process.stderr == ""
    assert process.stdout == "False https://home.example.cn ['home.example.cn', 'www.home.example.cn'] True\n"


@pytest.mark.parametrize("name", ["SECRET_KEY", "AUDIT_KEY", "ALLOWED_HOSTS", "BASE_URL", "DATABASE_URL", "SECURITY_CONTACT"])
@pytest.mark.parametrize("value", ["", "   "])
def test_a_missing_production_variable_stops_the_start_with_its_name(name, value):
    message = _refusal(**{name: value})

    assert f"The environment variable {name} is not set" in message
    assert "Set it before starting the portal" in message


@pytest.mark.parametrize(
    ("name", "value", "remedy"),
    [
        ("DATABASE_URL", "nonsense", "postgres://user:password@host:5432/name"),
        ("CACHE_URL", "127.0.0.1:6379", "redis://host:6379/0"),
        ("BASE_URL", "home.example.cn", "https://home.example.cn"),
        ("SECURE_SSL_REDIRECT", "maybe", "1 or 0"),
        ("EMAIL_PORT", "smtp", "from 1 to 65535"),
        ("SECURITY_CONTACT", "the office", "security@home.example.cn"),
        ("AUDIT_KEPT_DAYS", "182", "from 183"),
        ("ACCOUNTS_UNUSED_DAYS", "never", "from 30"),
        ("VIEWS_KEPT_DAYS", "7", "from 31"),
        ("TRUSTED_PROXIES", "nginx", "from 0 to 9"),
        ("TRUSTED_PROXIES", "-1", "from 0 to 9"),
        ("MIRROR_KEY", "c2hvcnQ=", "manage.py mirror --new-key"),
        ("PAGE_CACHE_MB", "much", "from 0 to 4096"),
        ("FRONT_END_CACHE", "varnish:6081", "http://127.0.0.1:6081"),
    ],
)
def test_a_malformed_production_variable_stops_the_start_with_its_name_and_the_remedy(name, value, remedy):
    message = _refusal(**{name: value})

    assert name in message
    assert remedy in message


@pytest.mark.parametrize(
    "address",
    ["nonsense", "postgres://", "postgres://u:p@h:port/name", "mysql://u:p@h/name", "http://h/name"],
)
def test_what_is_no_database_address_is_refused_by_name_and_without_its_password(monkeypatch, address):
    monkeypatch.setenv("DATABASE_URL", address)

    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL") as fault:
        environment.database()

    assert "u:p" not in str(fault.value)
    assert "sqlite:///" in str(fault.value)


@pytest.mark.parametrize(
    ("address", "engine", "name"),
    [
        ("sqlite:////tmp/portal.sqlite3", "django.db.backends.sqlite3", "/tmp/portal.sqlite3"),  # noqa: S108 - not written
        ("postgres://u:p@db.example:5433/portal", "django.db.backends.postgresql", "portal"),
        ("postgres:///portal", "django.db.backends.postgresql", "portal"),
        ("", "django.db.backends.sqlite3", str(environment.VAR_DIR / "portal.sqlite3")),
    ],
)
def test_the_database_is_chosen_by_its_address_alone(monkeypatch, address, engine, name):
    monkeypatch.setenv("DATABASE_URL", address)

    config = environment.database()

    assert (config["ENGINE"], config["NAME"]) == (engine, name)


@pytest.mark.parametrize("address", ["nonsense", "memcached://h", "http://h", "redis://h:port/0", "redis://h:0/0"])
def test_what_is_no_cache_address_is_refused_by_name(monkeypatch, address):
    monkeypatch.setenv("CACHE_URL", address)

    with pytest.raises(ImproperlyConfigured, match=r"CACHE_URL is no Redis address\. Write it as redis://host:6379/0"):
        environment.cache()


@pytest.mark.parametrize(("text", "value"), [("1", True), ("true", True), ("No", False), ("off", False), ("", None)])
def test_a_switch_is_read_as_people_write_it(monkeypatch, text, value):
    monkeypatch.setenv("A_SWITCH", text)

    assert environment.flag("A_SWITCH", default=True) is (True if value is None else value)
    assert environment.flag("A_SWITCH", default=False) is bool(value)


@pytest.mark.parametrize("address", ["home.example.cn", "ftp://home.example.cn", "https://", "https://home.example.cn/portal"])
def test_the_public_address_is_a_host_and_nothing_more(monkeypatch, address):
    monkeypatch.setenv("BASE_URL", address)

    with pytest.raises(ImproperlyConfigured, match="BASE_URL"):
        environment.public_address()


def test_a_cache_that_is_down_does_not_take_the_pages_down(portal, client, settings, monkeypatch):
    monkeypatch.setenv("CACHE_URL", "redis://127.0.0.1:1/0")
    settings.CACHES = {"default": environment.cache()}

    assert caches["default"].get("anything") is None
    for path in (
        "/zh/",
        "/en/news/",
        "/zh/bases/",
        "/en/bases/yanshan-university/",
        "/zh/news/feed/",
        "/sitemap.xml",
        "/admin/login/",
    ):
        assert client.get(path).status_code == 200, path


def test_the_working_copys_own_key_is_made_once_and_stays_private():
    code = "print(settings.SECRET_KEY)"
    first, second = (_python(code, DJANGO_SETTINGS_MODULE="portal.settings.dev").stdout for _time in range(2))

    assert len(first.strip()) >= 50
    assert first == second
    assert (environment.VAR_DIR / "secret-key").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(("value", "path"), [("", "admin/"), (" ", "admin/"), ("desk-7f3k", "desk-7f3k/"), ("/desk/", "desk/")])
def test_the_admin_stands_where_the_environment_says(monkeypatch, value, path):
    monkeypatch.setenv("ADMIN_PATH", value)

    assert environment.admin_path() == path


@pytest.mark.parametrize("value", ["a/b", "Desk", "管理", "a b", "-desk", "zh", "media", "x" * 61, "..", "<desk>"])
def test_an_address_the_admin_cannot_have_is_named_with_the_remedy(monkeypatch, value):
    monkeypatch.setenv("ADMIN_PATH", value)

    with pytest.raises(ImproperlyConfigured, match=r"ADMIN_PATH=.*Write one word"):
        environment.admin_path()


def test_a_secret_may_stand_in_a_file(tmp_path):
    key = "a-key-that-stands-in-a-file-and-has-more-than-fifty-characters"
    (tmp_path / "key").write_text(key + "\n")
    variables = {name: value for name, value in PRODUCTION.items() if name != "SECRET_KEY"}

    process = _python("print(settings.SECRET_KEY.strip())", **variables, SECRET_KEY_FILE=str(tmp_path / "key"))

    assert process.stdout.strip() == key


@pytest.mark.parametrize(
    ("value", "contact"),
    [
        ("", ""),
        ("security@home.example.cn", "mailto:security@home.example.cn"),
        ("mailto:security@home.example.cn", "mailto:security@home.example.cn"),
        ("https://home.example.cn/report", "https://home.example.cn/report"),
    ],
)
def test_the_contact_for_security_faults_is_an_address(monkeypatch, value, contact):
    monkeypatch.setenv("SECURITY_CONTACT", value)

    assert environment.security_contact() == contact
