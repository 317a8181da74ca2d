"""What kind of file an answer becomes: the name that nginx finds it by, and what its headers depend on."""

import re

from core.languages import language_of_path
from delivery.mirror.answers import Answer

#: The files that may stand for an address that ends with a slash, in the order in which nginx looks for them.
INDEX_NAMES = {
    "text/html": "index.html",
    "application/rss+xml": "index.rss",
    "application/atom+xml": "index.atom",
    "text/csv": "index.csv",
    "application/json": "index.json",
    "application/geo+json": "index.geojson",
}
NOINDEX = "noindex.html"
QUERIES = "_query"  # the folder of addresses with a query; no address of the portal begins so
_SHARED = re.compile(r"no-store|private")


def file_of(answer: Answer) -> str:
    """Return the path of the file that `answer` becomes ("zh/news/index.html"), "" for one that only the server gives."""
    shared = answer.may_be_kept and not _SHARED.search(answer.header("Cache-Control"))
    if answer.status != 200 or not shared:
        return ""
    path, _mark, query = answer.address.partition("?")
    if query:
        folder = f"{QUERIES}{path}/" if not path.endswith("/") else f"{QUERIES}{path}"
        return _index_name(answer, f"{folder}{query}/")
    return _index_name(answer, path[1:]) if path.endswith("/") else path[1:]


def _index_name(answer: Answer, folder: str) -> str:
    if answer.content_type == "text/html" and "noindex" in answer.header("X-Robots-Tag"):
        return folder + NOINDEX
    name = INDEX_NAMES.get(answer.content_type)
    return folder + name if name else ""


def kind_of(file: str) -> str:
    """Return what the headers of `file` depend on: its language and name ("zh index.html"); outside the languages its own path,
    numbers left open, or the ending of a static file."""
    file = file.removeprefix(f"{QUERIES}/")
    folder, _slash, name = file.rpartition("/")
    if language := language_of_path(f"/{file}"):
        return f"{language.prefix} {name}"
    if folder.partition("/")[0] == "static":
        return f"static .{name.rpartition('.')[2]}"
    return re.sub(r"\d+", "0", file)
