"""What a request costs as the portal grows: processor time and queries of each kind of page at several sizes, on generated
content.

    make bench-growth [GROWTH="1000 10000 50000"] [DATABASE_URL=postgres:///portal_growth]

Databases are filled once, one for each size, and kept below var/ (on PostgreSQL: beside the named one). Processor time is that
of the process and, on PostgreSQL, of its server process.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROUNDS, RUNS, LEAST_SECONDS = 2, 3, 0.1  # RUNS or more in each round, until LEAST_SECONDS are spent
ALLOWED = 1.25


def addresses() -> dict[str, str]:
    """Return an address of each kind of page; those of articles are of the middle of the archive."""
    from django.urls import reverse

    from bases.models import Base
    from news.models import NewsIndexPage, NewsPage

    index = NewsIndexPage.objects.get(locale__language_code="zh-hans")
    news = NewsPage.objects.child_of(index)
    article = news.filter(date__startswith="2015-06", slug__startswith="generated-").order_by("pk").first()
    base = Base.objects.live().filter(province="130000").order_by("pk").last()
    last = (news.live().count() + 11) // 12
    return {
        "home": "/zh/",
        "list": "/zh/news/",
        "list, page 500 or last": f"/zh/news/?page={min(500, last)}",
        "year": "/zh/news/2015/",
        "month": "/zh/news/2015/06/",
        "topic": "/zh/news/topics/base/",
        "topic, English": "/en/news/topics/base/",
        "article": article.get_url(),
        "base": f"/zh/bases/{base.slug}/",
        "directory": "/zh/bases/",
        "directory, filtered": "/zh/bases/?province=130000",
        "feed": "/zh/news/feed/",
        "topic's feed": "/zh/news/topics/base/feed/atom/",
        "site map": "/zh/site-map/",
        "search": "/zh/search/?q=燕山大学海智基地",
        "search, a common word": "/zh/search/?q=海智",
        "sitemap.xml": "/sitemap.xml",
        "sitemap's first part": "/sitemap-zh-1.xml",
        "admin home": reverse("wagtailadmin_home"),
        "explorer": reverse("wagtailadmin_explore", args=[index.pk]),
        "language pairs": reverse("language_pairs"),
        "pairs behind": reverse("language_pairs") + "?lacking=en",
        "bases in the admin": reverse("wagtailsnippets_bases_base:list"),
    }


def measure() -> dict[str, list[float]]:
    """Return for each kind of page its processor time in milliseconds and its number of queries."""
    import django

    django.setup()
    from django.contrib.auth import get_user_model
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(HTTP_HOST="127.0.0.1")
    users = get_user_model()
    client.force_login(users.objects.filter(username="bench").first() or users.objects.create_superuser("bench"))
    reader = Client(HTTP_HOST="127.0.0.1")
    found = {}
    for name, address in addresses().items():
        asker = client if address.startswith("/admin") else reader
        answer = asker.get(address)
        if answer.status_code != 200:
            continue
        with CaptureQueriesContext(connection) as captured:
            b"".join(asker.get(address))
        slowest = max(captured.captured_queries, key=lambda query: float(query["time"]), default=None)
        found[name] = [min(_round(asker, address) for _round_number in range(ROUNDS)) * 1000, len(captured)]
        if os.environ.get("SLOWEST") and slowest:
            print(name, slowest["time"], slowest["sql"][:1500], file=sys.stderr)
    return found


def _round(client, address: str) -> float:
    """Return the processor time of a request in seconds: the mean of several."""
    began, number, start = time.perf_counter(), 0, _spent()
    while number < RUNS or time.perf_counter() - began < LEAST_SECONDS:
        b"".join(client.get(address))
        number += 1
    return (_spent() - start) / number


def _spent() -> float:
    from django.db import connection

    spent = time.process_time()
    if connection.vendor == "postgresql":
        connection.ensure_connection()
        server = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
        spent += int(server.read_text().split()[0]) / 1e9
    return spent


def database(size: int) -> str:
    """Return the address of the database of `size` items, filled when it is asked for the first time."""
    given = os.environ.get("DATABASE_URL") or ""
    if given.startswith("postgres"):
        url, name = f"{given}_{size}", f"{given}_{size}".rpartition("/")[2]
        exists = subprocess.run(["psql", "-XAtd", name, "-c", "SELECT 1"], capture_output=True).returncode == 0
        if not exists:
            subprocess.run(["createdb", name], check=True)
    else:
        path = ROOT / "var" / f"growth-{size}.sqlite3"
        url, exists = f"sqlite:///{path}", path.exists()
    commands = [["migrate", "-v0"]]
    if not exists:
        commands += [["load_starter_content", "-v0"], ["set_up_roles", "-v0"]]
        commands += [["generate_content", "--news", str(size), "--bases", str(size // 25)]]
    for command in commands:
        _run(url, "manage.py", *command)
    if not exists:
        _run(url, "manage.py", "shell", "-v0", "-c", "from django.db import connection; connection.cursor().execute('ANALYZE')")
    return url


def _run(url: str, *arguments: str) -> str:
    settings = os.environ.get("DJANGO_SETTINGS_MODULE", "portal.settings.dev")
    environment = os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": settings, "SECOND_FACTOR": "false"}
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 10_000, 50_000])
    parser.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.measure:
        print(json.dumps(measure()))
        return
    (ROOT / "var").mkdir(exist_ok=True)
    found = {size: json.loads(_run(database(size), "-m", "bench.growth", "--measure")) for size in arguments.sizes}
    print("milliseconds (queries)".ljust(26) + "".join(f"{size:>16,}" for size in found) + "    growth")
    first, last = arguments.sizes[0], arguments.sizes[-1]
    for name in found[first]:
        cells = [f"{found[size][name][0]:.1f} ({found[size][name][1]})" if name in found[size] else "–" for size in found]
        growth = found[last][name][0] / found[first][name][0] if name in found[last] else float("nan")
        print(name.ljust(26) + "".join(f"{cell:>16}" for cell in cells) + f"{growth:>10.2f}{'' if growth <= ALLOWED else ' *'}")


if __name__ == "__main__":
    main()
