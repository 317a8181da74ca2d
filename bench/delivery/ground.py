"""Where the bench works, and how it runs what it needs."""

import os
import secrets
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VAR = ROOT / "var" / "bench"
DATABASE = VAR / "portal.sqlite3"
LEAST_ARTICLES = 100
PAGES = {"article": "/zh/news/generated-100/", "home": "/zh/", "list": "/zh/news/"}
#: One of each kind that costs memory, asked before it is measured.
KINDS = (
    *(
        "/zh/",
        "/en/",
        "/zh/news/",
        "/zh/news/2023/",
        "/zh/news/feed/",
        PAGES["article"],
        "/zh/news/yanshan-university-accredited/",
    ),
    *("/zh/news/yanshan-university-accredited/side-by-side/", "/zh/bases/", "/zh/bases/yanshan-university/", "/zh/programme/"),
    *(
        "/zh/bases/data/csv/",
        "/zh/bases/data/geojson/",
        "/zh/search/?q=%E6%B5%B7%E6%99%BA",
        "/en/search/?q=base",
        "/sitemap-1.xml",
    ),
    *("/zh/search/suggestions/?q=%E6%B5%B7", "/zh/enquiry/", "/zh/site-map/", "/qr/zh/about/code.svg", "/admin/login/"),
)
SECRETS = {name: secrets.token_urlsafe(50) for name in ("SECRET_KEY", "AUDIT_KEY")}


def environment(address: str, **more: str) -> dict[str, str]:
    """Return the variables of the portal in production, served at `address`, on the bench's own database."""
    return (
        os.environ
        | SECRETS
        | {
            "DJANGO_SETTINGS_MODULE": "portal.settings.production",
            "ALLOWED_HOSTS": "127.0.0.1",
            "BASE_URL": address,
            "SECURITY_CONTACT": "security@home.example.org",
            "DATABASE_URL": f"sqlite:///{DATABASE}",
            "SECURE_SSL_REDIRECT": "false",
        }
        | more
    )


def manage(*arguments: str, address: str = "http://127.0.0.1") -> str:
    """Run a command of the portal and return what it prints; what it logs goes to a file."""
    command = [sys.executable, "manage.py", *arguments]
    with (VAR / "commands.log").open("ab") as log:
        done = subprocess.run(
            command, cwd=ROOT, env=environment(address), check=True, stdout=subprocess.PIPE, stderr=log, text=True
        )
    return done.stdout


def fill(articles: int) -> None:
    """Make the portal of the bench, with `articles` in Chinese, unless it is there."""
    VAR.mkdir(parents=True, exist_ok=True)
    mark = VAR / f"filled-{articles}"
    if not mark.exists():
        for path in (*VAR.glob("portal.sqlite3*"), *VAR.glob("filled-*")):
            path.unlink()
        manage("migrate", "-v0")
        manage("load_starter_content", "-v0")
        manage("generate_content", "--news", str(articles), "--bases", "40", *["--beside-real-content"] * 2)
        mark.touch()
    manage("migrate", "-v0")
    manage("collectstatic", "--noinput", "-v0")
