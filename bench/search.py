"""Search on generated pages, with modelsearch's stock backend beside it in the same run.

    make bench-search [SIZES="20000 100000"]

For each database and size it prints how quickly pages are indexed, what a publication adds, and how long a search takes
(understanding, counts, first ten hits with snippets), and the same queries on the stock backend. The databases are its own.
"""

import argparse
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
POSTGRESQL = "postgres:///portal_bench"
REPEATS = 3
STOCK_SECONDS = 60  # after which the stock backend is asked no more
SAMPLE = 100  # pages whose publication is timed
QUERIES = (  # common words and rare ones, names, words run together, pinyin, both languages
    ("zh", "海智"), ("zh", "基地"), ("zh", "燕山大学"), ("zh", "离岸基地"), ("zh", "海外人才离岸创新创业基地"),
    ("zh", "中国科协"), ("zh", "海智计划申报"), ("zh", "燕山大学海智基地"), ("zh", "2023年 评估"), ("zh", "武进国家高新区"),
    ("zh", "苏州"), ("zh", "江苏 对接交流会"), ("zh", "科技团体"), ("zh", "留学人员创业园"), ("zh", "火星探测"),
    ("zh", "yanshandaxue"), ("zh", "燕山大學"), ("zh", "offshore base"), ("zh", "特聘专家"), ("zh", "国际合作"),
    ("en", "offshore base"), ("en", "HOME Program"), ("en", "overseas talent"), ("en", "evaluation results"),
    ("en", "Yanshan University"), ("en", "universities"), ("en", "Suzhou Industrial Park"), ("en", "Yanshen University"),
    ("en", "离岸基地"), ("en", "accredited bases in Zhejiang"),
)  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[20_000, 100_000])
    parser.add_argument("--database", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.database:
        measure(arguments.database, arguments.sizes)
        return
    for size in arguments.sizes:
        for database in (f"sqlite:///{ROOT}/var/bench.sqlite3", POSTGRESQL):
            environment = os.environ | {"DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": "portal.settings.dev"}
            command = [sys.executable, "-m", "bench.search", "--database", database, "--sizes", str(size)]
            subprocess.run(command, cwd=ROOT, env=environment, check=True)


def measure(database: str, sizes: list[int]) -> None:
    prepare(database)
    from django.db import connection

    for size in sizes:
        print(f"\n{connection.vendor}, {size:,} pages", flush=True)
        fill(size)
        own, found = times(ask_own)
        report("this search", own, found)
        stock, stock_found = times(stock_asker(), STOCK_SECONDS)
        report("stock modelsearch", stock, stock_found)
        answered = [query for query in stock if stock_found[query]]
        ratio = statistics.median(stock[query] / own[query] for query in answered)
        print(f"  stock takes {ratio:.1f} times as long for the {len(answered)} queries that it answers (median)", flush=True)


def prepare(database: str) -> None:
    """Create an empty database with the starter content."""
    if database.startswith("sqlite"):
        for path in (ROOT / "var").glob("bench.sqlite3*"):
            path.unlink()
        (ROOT / "var").mkdir(exist_ok=True)
    else:
        for command in (["dropdb", "--if-exists", "portal_bench"], ["createdb", "portal_bench"]):
            subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("load_starter_content", verbosity=0)


def fill(size: int) -> None:
    """Generate `size` pages and index them; print how quickly."""
    from django.core.management import call_command

    from news.models import NewsPage
    from portal.generating.generator import generate
    from portal.generating.news import TRANSLATED
    from search.entries import refresh
    from search.models import Entry

    generate(news=round(size / (1 + TRANSLATED)), bases=0, seed=7, indexed=False)
    start = time.process_time()
    began = time.perf_counter()
    call_command("rebuild_search", entries_only=True, verbosity=0)
    took, used = time.perf_counter() - began, time.process_time() - start
    print(
        f"  indexed {Entry.objects.count() / took:,.0f} entries a second ({used / took:.0%} of it in this process)", flush=True
    )
    analyse()
    pages = list(NewsPage.objects.filter(slug__startswith="generated-").order_by("-pk")[:SAMPLE])
    spent = []
    for page in pages:
        page.summary += "。"
        began = time.perf_counter()
        refresh(page)
        spent.append(time.perf_counter() - began)
    print(
        f"  a publication adds {statistics.median(spent) * 1000:.1f} ms (p95 {percentile(spent, 95) * 1000:.1f} ms)", flush=True
    )


def analyse() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")  # as autovacuum does


def ask_own(language: str, query: str) -> int:
    """Search as the page of results does, without its frame; return the number of hits."""
    from search.findings import Asked

    return searches()[language].find(Asked(query)).total


def searches() -> dict:
    from wagtail.models import Page

    from core.languages import BY_PREFIX
    from core.structure import SiteStructure
    from search.finding import Search

    if not _searches:
        structure = SiteStructure()
        for prefix, language in BY_PREFIX.items():
            home = Page.objects.get(depth=2, locale__language_code=language.code)
            _searches[prefix] = Search(structure, home, language)
    return _searches


_searches: dict = {}


def stock_asker():
    """Index the same entries with the stock backend and return what asks it; the portal's index is gone then."""
    from modelsearch.backends import get_search_backend
    from wagtail.search import index

    from core.languages import BY_PREFIX
    from search.models import Entry

    backend = get_search_backend("wagtail.search.backends.database")
    backend.reset_indexes()
    began = time.perf_counter()
    entries = list(Entry.objects.all())
    for start in range(0, len(entries), 1000):
        backend.add_bulk(Entry, entries[start : start + 1000])
    print(f"  stock indexed {len(entries) / (time.perf_counter() - began):,.0f} entries a second", flush=True)
    analyse()

    def ask(language: str, query: str) -> int:
        found = backend.search(query, Entry.objects.filter(language=BY_PREFIX[language].code))
        list(found[:10])
        return found.count()

    Entry.search_fields = [*Entry.search_fields, index.FilterField("language")]  # the stock backend asks for it
    return ask


def times(ask, limit: float = float("inf")) -> tuple[dict, dict]:
    """Return, by query, its median time in seconds and its number of hits; stop asking once `limit` seconds are spent."""
    began, spent, found = time.perf_counter(), {}, {}
    for language, query in QUERIES:
        runs = []
        for _repeat in range(REPEATS):
            start = time.perf_counter()
            found[language, query] = ask(language, query)
            runs.append(time.perf_counter() - start)
            if time.perf_counter() - began > limit:
                break
        spent[language, query] = statistics.median(runs)
        if time.perf_counter() - began > limit:
            break
    return spent, found


def percentile(values, share: int) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(share / 100 * (len(ordered) - 1)))]


def report(name: str, spent: dict, found: dict) -> None:
    values = list(spent.values())
    slowest = max(spent, key=spent.get)
    print(
        f"  {name}: p50 {percentile(values, 50) * 1000:.1f} ms, p95 {percentile(values, 95) * 1000:.1f} ms, "
        f"slowest {max(values) * 1000:.1f} ms ({slowest[1]}); asked {len(values)} of {len(QUERIES)} queries, "
        f"answered {sum(map(bool, found.values()))}",
        flush=True,
    )


if __name__ == "__main__":
    main()
