"""The views that nginx answered from the mirror, counted from the log that it writes of them (deploy/nginx-http.conf).

Each line is a JSON object: the hour, the file that was given out, and the name that the browser gives itself. nginx leaves out
what is no page, HEAD, what is fetched ahead and whoever is signed in; robots are left out here. The number of files in the
mirror bounds what is kept in memory; a line of any other form counts for nothing.
"""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from core.languages import language_of_path
from readership.counting import MAX_PATH, is_robot
from readership.models import CountedLog, DailyViews

PAGES = {"index.html", "noindex.html"}  # what a folder shows; nginx notes of the second kind what is a page
QUERIES = "/_query"  # before the files of addresses with a query, which stand in a folder of their own
LONGEST_LINE = 16_384  # bytes; nginx takes no longer headers


def count(file: Path) -> int:
    """Count the views in `file`, to which nobody writes any more, and remove it; return how many there were.

    The file's name is kept with the counts in one transaction, so that a file that could not be removed is not counted again.
    """
    counts = Counter(_views(file))
    with transaction.atomic():
        if CountedLog.objects.get_or_create(name=file.name)[1]:
            DailyViews.objects.add(counts)
    file.unlink(missing_ok=True)
    CountedLog.objects.filter(name=file.name).delete()
    return counts.total()


def _views(file: Path) -> Iterator[tuple]:
    """Yield the path, the language code and the day of each view."""
    with file.open("rb") as lines:
        while line := lines.readline(LONGEST_LINE):
            try:
                entry = json.loads(line)
                day = timezone.localdate(datetime.fromisoformat(entry["hour"]))
                place, agent = _page(entry["file"]), entry["agent"]
                is_view = place is not None and not is_robot(agent)
            except (ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError):
                continue
            if is_view:
                yield *place, day


def _page(file: str) -> tuple[str, str] | None:
    """Return the address below the language's prefix and the language code of the page that `file` shows."""
    path, _slash, name = file.rpartition("/")
    if name not in PAGES:
        return None
    if path.startswith(f"{QUERIES}/"):
        path = path.removeprefix(QUERIES).rpartition("/")[0].rstrip("/")
    language, path = language_of_path(f"{path}/"), f"{path}/".split("/", 2)[-1]
    return (path, language.code) if language and len(path) <= MAX_PATH else None
