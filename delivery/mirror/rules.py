"""What nginx must know of the mirror, for deploy/nginx-mirror.conf: the headers of each kind of file, as the portal sends them,
and the redirects, a help for when the portal is down: as long as it runs, it answers what is no file.
"""

import re

from django.db.models import F
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from core.languages import BY_PREFIX
from core.visibility import visible
from delivery.mirror.answers import Answer
from delivery.mirror.kinds import kind_of
from delivery.mirror.trees import Mirror

RULES = "nginx"
ERROR_PAGE = "_errors/500.html"
REDIRECTS = Redirect._meta.db_table
_SAFE = re.compile(r"[A-Za-z0-9/._~%?=&+,;:@!()*'-]+")
HeaderLines = tuple[tuple[str, str], ...]


class Headers:
    """The headers of each kind of file. The first answer of a kind sets them; one that differs is left to the server, and so is
    one of another kind once they are complete: nginx knows what it was told when the mirror was written."""

    def __init__(self, kinds: dict[str, HeaderLines] | None = None, is_complete: bool = False):
        self.kinds, self._is_complete = kinds or {}, is_complete

    def fit(self, file: str, answer: Answer) -> bool:
        kind = kind_of(file)
        if not self._is_complete:
            self.kinds.setdefault(kind, answer.headers)
        return self.kinds.get(kind) == answer.headers

    def add(self, other: "Headers") -> None:
        for kind, headers in other.kinds.items():
            if self.kinds.setdefault(kind, headers) != headers:
                raise ValueError(f"Answers of the kind “{kind}” have different headers: {self.kinds[kind]} and {headers}")


def write_rules(mirror: Mirror, headers: Headers) -> None:
    """Write a location for each kind of file, and what the answers have in common that are no files."""
    (mirror.folder / RULES).mkdir(exist_ok=True)
    texts: dict[str, list[str]] = {"other": []}
    for kind, lines in sorted(headers.kinds.items(), key=lambda item: ("index.html" not in item[0], item[0])):
        place, _blank, name = kind.rpartition(" ")
        texts.setdefault(place or "other", []).append(_location(place, name, lines))
    lines = dict(headers.kinds.get("zh index.html", ())) | {"Cache-Control": "no-store", "Retry-After": "60"}
    texts["other"].append(_location("", ERROR_PAGE, tuple(lines.items()), " always"))
    for place, locations in texts.items():
        _write(mirror, f"{place}.conf", "\n".join(locations))
    common = (line for line in headers.kinds.get("robots.txt", ()) if line[0] != "Content-Type")
    _write(mirror, "headers.conf", "".join(_header(*line) for line in common))
    write_redirects(mirror)


def write_redirects(mirror: Mirror) -> None:
    """Write the redirects that lead to where a stranger may go, one for each address: to nginx's map large and small letters
    are the same. Of two with one address that of a site is preferred, as the portal does."""
    public = set(visible(Page.objects.filter(pk__in=Redirect.objects.values("redirect_page"))).values_list("pk", flat=True))
    ordered = Redirect.objects.select_related("redirect_page").order_by("old_path", F("site").asc(nulls_last=True))
    lines: dict[bool, list[str]] = {True: [], False: []}
    written: set[str] = set()
    for redirect in ordered:
        path = redirect.old_path.rstrip("/")
        follows = redirect.redirect_page_id is None or redirect.redirect_page_id in public
        if follows and path.lower() not in written and _may_stand(path, redirect.link or ""):
            written.add(path.lower())
            lines[redirect.is_permanent] += [f'    "{path}{end}" "{redirect.link}";' for end in ("", "/")]
    maps = (
        f"map $uri {name} {{\n    default '';\n" + "\n".join(lines[permanent]) + "\n}\n"
        for name, permanent in (("$portal_moved", True), ("$portal_found", False))
    )
    _write(mirror, "redirects.conf", "".join(maps))


def _may_stand(path: str, target: str) -> bool:
    """Return whether nginx takes a redirect from `path` to `target` as it is meant."""
    return bool(_SAFE.fullmatch(path) and _SAFE.fullmatch(target)) and "?" not in path


def _location(place: str, name: str, headers: HeaderLines, always: str = "") -> str:
    """Return a location whose files have `headers`; a request reaches a folder's own file only through its folder."""
    content_type = _quoted(dict(headers).get("Content-Type", "application/octet-stream"))
    others = "".join("    " + _header(*line, always) for line in headers if line[0] != "Content-Type")
    if place in BY_PREFIX:
        others += f"    internal;\n    set $mirrored {name};\n"
    elif name == ERROR_PAGE:
        others += "    internal;\n"
    elif not place:
        others += "    error_page 403 404 405 = @portal;\n"
    return f"location {_pattern(place, name)} {{\n    types {{ }}\n    default_type {content_type};\n{others}}}\n"


def _pattern(place: str, name: str) -> str:
    escaped = re.escape(name)
    if place:
        return rf"~ {escaped}$" if name.startswith(".") else rf"~ /{escaped}$"
    return "~ ^/" + escaped.replace("0", "[0-9]+") + "$" if "0" in name and name != ERROR_PAGE else f"= /{name}"


def _header(name: str, value: str, always: str = "") -> str:
    return f"add_header {name} {_quoted(value)}{always};\n"


def _quoted(value: str) -> str:
    if "$" in value:
        raise ValueError(f"nginx would take the dollar sign in the header {value!r} for a variable.")
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _write(mirror: Mirror, name: str, text: str) -> None:
    """Write `text` unless it stands there: a change of the file tells whoever watches it to reload nginx."""
    path = mirror.folder / RULES / name
    if not path.exists() or path.read_text() != text:
        aside = path.with_suffix(".aside")
        aside.write_text(text)
        aside.rename(path)
