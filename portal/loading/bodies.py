"""From the parts of a document to the blocks of a page's body, with every reference resolved."""

import json
import re

from django.core.exceptions import ValidationError
from wagtail.blocks import StreamBlockValidationError

from portal.blocks import HomeSections
from portal.loading.documents import Document, Part, markdown_to_html
from portal.loading.problems import Place, Problems
from programs.models import Figure

_PAGE_LINK = re.compile(r'<a href="page:([^"#]*)">')


class BodyBuilder:
    """Builds the raw stream data of one language's pages; `pages` gives the pages of that language by path."""

    def __init__(self, pages: dict[str, object], problems: Problems):
        self.pages = pages
        self.problems = problems
        self.figures = dict(Figure.objects.values_list("slug", "pk"))

    def body(self, document: Document) -> str:
        """Return the body of `document` as the JSON of its blocks."""
        return json.dumps([block for part in document.parts if (block := self._block(part))])

    def _block(self, part: Part) -> dict | None:
        builder = getattr(self, "_" + part.kind.replace("-", "_"), None)
        if builder is None:
            self.problems.add(part.place, f"there is no block “{part.kind}”")
            return None
        if part.kind in {"fact-box", "table", "dated-figure", "timeline", "related-links"} and not isinstance(
            part.content, dict
        ):
            self.problems.add(part.place, f"the block “{part.kind}” is no YAML mapping (name: value, a line each)")
            return None
        try:
            kind, value = builder(part)
        except KeyError as error:
            self.problems.add(part.place, f"the block “{part.kind}” lacks {error}")
            return None
        except (AttributeError, TypeError, ValueError) as error:
            self.problems.add(part.place, f"the block “{part.kind}” holds a value of the wrong form ({error})")
            return None
        return {"type": kind, "value": value}

    def _heading2(self, part):
        return "heading", {"text": part.content, "level": "2"}

    def _heading3(self, part):
        return "heading", {"text": part.content, "level": "3"}

    def _text(self, part):
        return "paragraph", self._rich_text(part.content, part.place)

    def _quote(self, part):
        lines = part.content.split("\n")
        attribution = lines.pop().removeprefix("—").strip("— ") if lines[-1].startswith("—") else ""
        return "quote", {"text": "\n".join(lines), "attribution": attribution}

    def _fact_box(self, part):
        text = self._rich_text(markdown_to_html(part.content["text"]), part.place)
        return "fact_box", {"title": part.content["title"], "text": text}

    def _table(self, part):
        header, rows = part.content["header"], part.content["rows"]
        for number, row in enumerate(rows, start=1):
            if len(row) != len(header):
                self.problems.add(part.place, f"row {number} of the table has {len(row)} cells, the header {len(header)}")
        return "table", {
            "columns": [{"type": "text", "heading": str(heading)} for heading in header],
            "rows": [{"values": [str(cell) for cell in row]} for row in rows],
            "caption": part.content.get("caption", ""),
        }

    def _dated_figure(self, part):
        slug = part.content["figure"]
        if slug not in self.figures:
            self.problems.add(part.place, f"there is no figure “{slug}” in figures.csv")
        return "dated_figure", self.figures.get(slug)

    def _timeline(self, part):
        which = part.content["milestones"]
        if which not in {"all", "featured"}:
            self.problems.add(part.place, "milestones is either all or featured")
        return "milestones", {"title": part.content.get("title", ""), "which": which}

    def _related_links(self, part):
        links = [
            {
                "title": link.get("title", ""),
                "page": self.page_id(link["page"], part.place) if "page" in link else None,
                "url": link.get("url", ""),
            }
            for link in part.content["links"]
        ]
        return "related_links", {"title": part.content.get("title", ""), "links": links}

    def _rich_text(self, html: str, place: Place) -> str:
        """Return `html` in the form the database keeps: links to pages by their id."""
        return _PAGE_LINK.sub(lambda match: f'<a linktype="page" id="{self.page_id(match[1], place)}">', html)

    def page_id(self, path: str, place: Place) -> int | None:
        page = self.pages.get(path)
        if page is None:
            self.problems.add(place, f"there is no page “{path}” in this language")
            return None
        return page.pk

    def sections(self, document: Document) -> str:
        """Return the sections of a home page's front matter as the JSON of their blocks."""
        blocks = []
        try:
            for entry in document.front.get("sections", []):
                ((kind, value),) = entry.items()
                blocks.append({"type": kind, "value": self._section(kind, value, document.place)})
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            self.problems.add(document.place, f"sections: entry {len(blocks) + 1} has the wrong form ({error})")
        return json.dumps(blocks)

    def _section(self, kind: str, value: dict, place: Place) -> dict:
        if kind not in HomeSections.base_blocks:
            raise ValueError(f"there is no section “{kind}”")
        if kind == "figures":
            return value | {"figures": [self._figure_id(slug, place) for slug in value["figures"]]}
        if kind == "ways_to_take_part":
            return value | {"steps": [step | {"page": self.page_id(step["page"], place)} for step in value["steps"]]}
        if kind == "programme_teasers":
            return value | {"pages": [self.page_id(path, place) for path in value["pages"]]}
        return value

    def _figure_id(self, slug: str, place: Place) -> int | None:
        if slug not in self.figures:
            self.problems.add(place, f"there is no figure “{slug}” in figures.csv")
        return self.figures.get(slug)


def check_stream(page, name: str, place: Place, problems: Problems) -> None:
    """Run the blocks' own checks over the stream field `name` of `page`."""
    field = page._meta.get_field(name)
    try:
        field.stream_block.clean(getattr(page, name))
    except StreamBlockValidationError as error:
        for index, message in sorted(error.block_errors.items()):
            problems.add(place, f"{name}, block {int(index) + 1}: {_flatten(message)}")
    except ValidationError as error:
        problems.add_validation(place, error)


def _flatten(error) -> str:
    """Return the innermost messages of a block's nested error in one line."""
    nested = getattr(error, "block_errors", None)
    if nested:
        children = nested.values() if isinstance(nested, dict) else nested
        return "; ".join(_flatten(child) for child in children if child)
    return "; ".join(error.messages)
