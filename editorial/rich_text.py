"""Stored rich text as plain lines, with the things it links to."""

from html.parser import HTMLParser

REFERENCE = "→"  # stands before what a text refers to: →bases.base:12
_NEW_LINE = frozenset({"p", "li", "br", "h2", "h3", "h4", "ul", "ol", "div", "blockquote", "tr", "hr"})
_LINKED = {"page": "wagtailcore.page", "document": "wagtaildocs.document"}


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.references: list[str] = []

    def handle_starttag(self, tag, attrs):
        if tag in _NEW_LINE:
            self.parts.append("\n")
        elif tag == "sup":
            self.parts.append("^")
        elif tag == "a":
            self._refer(dict(attrs))

    def handle_endtag(self, tag):
        if tag in _NEW_LINE:
            self.parts.append("\n")

    def handle_data(self, data):
        self.parts.append(data)

    def _refer(self, attributes: dict) -> None:
        if attributes.get("linktype") in _LINKED:
            self.references.append(f"{REFERENCE}{_LINKED[attributes['linktype']]}:{attributes.get('id')}")
        elif attributes.get("href"):
            self.references.append(f"{REFERENCE}{attributes['href']}")


def lines_of(html: str) -> str:
    """Return stored rich text as plain text: a line for each paragraph or item, ^ before what is raised, links at the end."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return "".join(reader.parts).strip() + "".join(f"\n{reference}" for reference in reader.references)
