"""A plain Wagtail site of the installed version with the same articles: `wagtail start`, a list and an article."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from bench.delivery.ground import VAR, manage

FOLDER = VAR / "plain"
PARTS = Path(__file__).parent / "plain"
PAGES = {"article": "/news/generated-100/", "home": "/", "list": "/news/"}
ARTICLES = """
import json, sys
from news.models import NewsPage
pages = NewsPage.objects.filter(slug__startswith="generated-", locale__language_code="zh-hans").order_by("pk")
json.dump([
    {"title": page.title, "slug": page.slug, "date": page.search_date[:4] + "-01-01", "summary": page.summary,
     "body": [{"type": "paragraph", "value": f"<p>{text}</p>"} for text in page.searchable_text().splitlines()]}
    for page in pages
], sys.stdout)
"""


def build(articles: int) -> None:
    """Make the site with the articles of the bench's portal, unless it is there."""
    mark = FOLDER / f"filled-{articles}"
    if mark.exists():
        return
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    wagtail = Path(sys.executable).with_name("wagtail")
    subprocess.run([wagtail, "start", "plain", str(FOLDER)], check=True, stdout=subprocess.DEVNULL)
    for source in PARTS.rglob("*"):
        if source.is_file():
            target = FOLDER / source.relative_to(PARTS).with_suffix("" if source.suffix == ".txt" else source.suffix)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target)
    (FOLDER / "articles.json").write_text(manage("shell", "-v0", "-c", ARTICLES))
    for command in (["makemigrations", "home", "-v0"], ["migrate", "-v0"], ["collectstatic", "--noinput", "-v0"], ["fill"]):
        subprocess.run([sys.executable, "manage.py", *command], cwd=FOLDER, check=True, env=environment())
    mark.touch()


def environment(settings: str = "plain.settings.bench") -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | {"DJANGO_SETTINGS_MODULE": settings}
