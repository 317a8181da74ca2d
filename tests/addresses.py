"""Every public address of the starter portal, and the pages read there, for the tests that hold for all of them."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.test import Client, RequestFactory
from lxml import html

from core.languages import Language
from delivery.sitemap import public_addresses

# What percent-encoded text of an address is no text: NUL, broken UTF-8, surrogates, non-characters, control characters.
MALFORMED = ("%00", "a%00b", "%ff%fe", "%c0%ae", "%ed%a0%80", "%F0%28%8C%28", "%ef%bf%bf", "%1b[31m", "%7f", "%08")


def pairs() -> list[dict[Language, str]]:
    """Return every content of the sitemap as its path by language."""
    contents = public_addresses(RequestFactory().get("/")).values()
    return [{language: path for language, (path, _lastmod) in paths.items()} for paths in contents]


def paths_by_language() -> dict[Language, list[str]]:
    """Return the paths of the sitemap by language."""
    found: dict[Language, list[str]] = {}
    for paths in pairs():
        for language, path in paths.items():
            found.setdefault(language, []).append(path)
    return found


@dataclass(frozen=True)
class PageRead:
    """A page as a reader's browser gets it; `counterparts` are the sitemap's paths of this content by language."""

    path: str
    language: Language
    counterparts: dict[Language, str]
    status: int
    headers: dict[str, str]
    cookies: list[str]
    tree: html.HtmlElement

    @property
    def title(self) -> str:
        return (self.tree.findtext("head/title") or "").strip()

    @property
    def alternates(self) -> dict[str, str]:
        """The absolute addresses of the head's alternates in other languages, by hreflang."""
        links = self.tree.xpath("//head/link[@rel='alternate'][@hreflang]")
        return {link.get("hreflang"): link.get("href") for link in links}

    def texts(self) -> Iterator[tuple[html.HtmlElement, str]]:
        """Yield each run of text with the element it stands in."""
        for element in self.tree.body.iter():
            if not isinstance(element.tag, str):
                continue
            if element.text and element.text.strip():
                yield element, element.text.strip()
            for child in element:
                if child.tail and child.tail.strip():
                    yield element, child.tail.strip()

    def labels(self) -> Iterator[tuple[html.HtmlElement, str]]:
        """Yield each attribute that is read out or shown, with its element."""
        for name in ("aria-label", "title", "alt", "placeholder"):
            for element in self.tree.body.xpath(f".//*[@{name}]"):
                yield element, element.get(name).strip()


def lang_of(element: html.HtmlElement) -> str:
    """Return the language that `element` is declared to be in."""
    return element.xpath("string(ancestor-or-self::*[@lang][1]/@lang)")


def read(path: str, language: Language, counterparts: dict[Language, str]) -> PageRead:
    client = Client()
    response = client.get(path)
    return PageRead(
        path,
        language,
        counterparts,
        response.status_code,
        dict(response.headers),
        list(response.cookies),
        html.document_fromstring(response.content.decode()),
    )


def read_every_page() -> list[PageRead]:
    """Return every page of the sitemap, as read by a visitor who comes for the first time."""
    return [read(path, language, paths) for paths in pairs() for language, path in paths.items()]
