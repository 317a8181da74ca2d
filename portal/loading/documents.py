"""Reading the Markdown documents: YAML front matter, then a body whose special blocks are fences of YAML."""

import re
from dataclasses import dataclass
from pathlib import Path

import yaml
from markdown_it import MarkdownIt

from core.languages import BY_PREFIX, Language
from portal.loading.problems import Place, Problems

_NAME = re.compile(r"(?P<path>[a-z0-9/-]+)\.(?P<prefix>zh|en)\.md", re.ASCII)
_MARKDOWN = MarkdownIt("commonmark")


@dataclass(frozen=True)
class Part:
    """A piece of a body: `kind` is heading2, heading3, text, quote or a fence's name; `content` is text, HTML or YAML data."""

    place: Place
    kind: str
    content: object


@dataclass
class Document:
    """A page of the starter content in one language; `path` is that of the file without language and ending."""

    place: Place
    path: str
    language: Language
    front: dict
    parts: list[Part]
    text: str

    def __post_init__(self):
        self.path = self.path.removesuffix("/index").removesuffix("index")


def read_documents(folder: Path, subfolder: str, problems: Problems) -> list[Document]:
    """Return the documents below `subfolder`, in the order of their names; what cannot be read is told to `problems`."""
    documents = []
    if not (folder / subfolder).is_dir():
        problems.add(Place(subfolder, 1), "the folder is missing")
    for path in sorted((folder / subfolder).rglob("*.md")):
        file = path.relative_to(folder).as_posix()
        match = _NAME.fullmatch(path.relative_to(folder / subfolder).as_posix())
        if not match:
            problems.add(Place(file, 1), "the name is not of the form some-slug.zh.md or some-slug.en.md")
            continue
        text = problems.read_text(folder, file)
        document = _read(file, text, match, problems) if text is not None else None
        if document:
            documents.append(document)
    return documents


def _read(file: str, text: str, match, problems: Problems) -> Document | None:
    pieces = re.split(r"^---[ ]*\n", text, maxsplit=2, flags=re.MULTILINE)
    if len(pieces) != 3 or pieces[0]:
        problems.add(Place(file, 1), "the document does not start with front matter between two lines of ---")
        return None
    front = _load_yaml(pieces[1], file, 1, problems)
    if not isinstance(front, dict):
        problems.add(Place(file, 2), "the front matter is no YAML mapping (name: value, a line each)")
        return None
    first_body_line = pieces[1].count("\n") + 3
    parts = list(_parts(pieces[2], file, first_body_line, problems))
    return Document(Place(file, 2), match["path"], BY_PREFIX[match["prefix"]], front, parts, text)


def _load_yaml(text: str, file: str, lines_before: int, problems: Problems):
    try:
        return yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line if error.problem_mark else 0
        problems.add(
            Place(file, lines_before + line + 1), f"YAML: {error.problem}; quote texts that hold ': ' or start with a sign"
        )
        return None


def _parts(body: str, file: str, first_line: int, problems: Problems):
    """Yield the parts of a body; neighbouring paragraphs and lists form one part of HTML."""
    tokens = _MARKDOWN.parse(body)
    waiting, waiting_line = [], first_line
    position = 0
    while position < len(tokens):
        end = _end_of(tokens, position)
        token, group = tokens[position], tokens[position : end + 1]
        place = Place(file, first_line + (token.map or [0])[0])
        position = end + 1
        if token.type in {"paragraph_open", "bullet_list_open", "ordered_list_open"}:
            waiting_line = waiting_line if waiting else place.line
            waiting += group
            continue
        if waiting:
            yield Part(Place(file, waiting_line), "text", _html(waiting))
            waiting = []
        part = _special(token, group, place, problems)
        if part:
            yield part
    if waiting:
        yield Part(Place(file, waiting_line), "text", _html(waiting))


def _end_of(tokens, start: int) -> int:
    """Return the index of the token that closes the one at `start`."""
    depth = 0
    for position in range(start, len(tokens)):
        depth += tokens[position].nesting
        if depth == 0:
            return position
    return len(tokens) - 1


def _special(token, group, place: Place, problems: Problems) -> Part | None:
    if token.type == "heading_open" and token.tag in {"h2", "h3"}:
        return Part(place, f"heading{token.tag[1]}", group[1].content)
    if token.type == "blockquote_open":
        return Part(place, "quote", "\n".join(entry.content for entry in group if entry.type == "inline"))
    if token.type == "fence":
        return Part(place, token.info.strip(), _load_yaml(token.content, place.file, place.line, problems))
    problems.add(
        place,
        f"{token.type.removesuffix('_open')} ({token.tag}) has no place in a body: use ##, ###, text, lists, > and fences",
    )
    return None


def _html(tokens) -> str:
    return _MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {}).strip()


def markdown_to_html(text: str) -> str:
    return _MARKDOWN.render(text).strip()
