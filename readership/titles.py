"""What stands at the addresses that were read."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from wagtail.models import Page

from bases.models import Base, BaseIndexPage
from core.languages import LANGUAGES, current_language
from core.visibility import visible

BATCH = 500  # addresses that one query asks for


@dataclass(frozen=True)
class Place:
    """`title` is that of a public page or base; `rest` is what the address has below that page, "" at the page itself."""

    title: str
    rest: str = ""

    def __str__(self):
        return " › ".join(filter(None, (self.title, self.rest)))


def places_of(paths: Iterable[str]) -> dict[str, Place]:
    """Return what stands at `paths` (addresses below the languages' prefixes), in the active language where it has a title
    there; a path that leads to nothing public, not even above it, is left out."""
    found = {}
    directory = BaseIndexPage.objects.live().values_list("slug", flat=True).first()
    paths = list(paths)
    for start in range(0, len(paths), BATCH):
        batch = paths[start : start + BATCH]
        pages = _pages({place for path in batch for place in _places(path)})
        bases = _bases({path.strip("/").rpartition("/")[2] for path in batch if path.startswith(f"{directory}/")})
        for path in batch:
            place = next((place for place in _places(path) if place in pages), None)
            rest = "" if place is None else path.removeprefix(place).strip("/")
            if place == f"{directory}/" and rest in bases:
                found[path] = Place(bases[rest])
            elif place or (place == "" and not rest):
                found[path] = Place(pages[place], rest)
    return found


def _places(path: str) -> Iterator[str]:
    """Yield `path` and the addresses above it, the nearest first."""
    parts = path.strip("/").split("/") if path else []
    for number in range(len(parts), -1, -1):
        yield "".join(f"{part}/" for part in parts[:number])


def _pages(places: set[str]) -> dict[str, str]:
    """Return the titles of the public pages at `places`, in the active language where they have one."""
    titles: dict[str, str] = {}
    for language in sorted(LANGUAGES, key=lambda language: language is current_language()):
        start = f"/{language.prefix}/"
        pages = visible(Page.objects.filter(url_path__in=[start + place for place in places]))
        titles |= {address.removeprefix(start): title for address, title in pages.values_list("url_path", "title")}
    return titles


def _bases(slugs: set[str]) -> dict[str, str]:
    return dict(Base.objects.live().filter(slug__in=slugs).values_list("slug", "short_name"))
