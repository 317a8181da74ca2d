"""Requests drawn by lot: what a browser would send, with something in it that no browser sends."""

import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

from tests.fuzz import values
from tests.fuzz.cases import Case
from tests.fuzz.forms import Form

ADMIN_ROLES = ("superuser",) * 6 + ("writer",) * 2 + ("chief-editor", "anonymous")
URLENCODED = "application/x-www-form-urlencoded"
_UNESCAPED = ("a%00b", "%ff%fe", "%c0%ae", "%ed%a0%80", "%ef%bf%bf", "%1b", "%7f", "%", "%zz", "%%", "%u0041", "%2e%2e%2f", "+")


@dataclass
class Surface:
    """Everything of the portal that can be asked: paths, admin addresses by route, forms, names of parameters."""

    public: list[str]
    admin: dict[str, str]
    forms: list[Form]
    parameters: list[str]


class Generator:
    """An endless supply of cases, the same for the same seed and surface."""

    def __init__(self, surface: Surface, seed: int):
        self.surface, self.lot = surface, random.Random(seed)

    def __iter__(self):
        makers: dict[Callable[[], Case], int] = {
            self.path: 18, self.parameters: 24, self.form: 28, self.header: 8, self.method: 6, self.body: 6, self.upload: 4,
        }  # fmt: skip
        while True:
            yield self.lot.choices(list(makers), list(makers.values()))[0]()

    def path(self) -> Case:
        """An address with one or two of its steps replaced."""
        role, path = self._address()
        steps = path.strip("/").split("/")
        real = [at for at, step in enumerate(steps) if step.isdigit() and self.lot.random() < 0.9]
        for _time in range(self.lot.choice((1, 1, 2))):
            at = self.lot.choice(real) if real else self.lot.randrange(len(steps))
            steps[at] = self._encoded()
        slash = "/" if path.endswith("/") and self.lot.random() < 0.9 else self.lot.choice(("", "//", "/.", "/%2e%2e/"))
        return Case(role, "GET" if self.lot.random() < 0.9 else "POST", "/" + "/".join(steps) + slash, "path")

    def parameters(self) -> Case:
        """An address with one to four parameters that some code reads."""
        role, path = self._address()
        pairs = []
        for _time in range(self.lot.choice((1, 1, 1, 2, 4))):
            name = self.lot.choice(self.surface.parameters) if self.lot.random() < 0.97 else self._encoded()
            pairs += [f"{name}={self._encoded()}"] * self.lot.choice((1, 1, 1, 2))
        method = "GET" if self.lot.random() < 0.93 else "POST"
        return Case(role, method, path + ("&" if "?" in path else "?") + "&".join(pairs), "parameters")

    def header(self) -> Case:
        role, path = self._address()
        names = self.lot.sample(list(values.HEADERS), self.lot.choice((1, 1, 2)))
        headers = {name: self.lot.choice(values.HEADERS[name]) for name in names}
        if self.lot.random() < 0.7 or not self.surface.forms:
            return Case(role, "GET", path, "header", headers)
        form = self.lot.choice(self.surface.forms)
        return Case(role, "POST", form.path, "header", headers, _urlencoded(form.fields), URLENCODED)

    def method(self) -> Case:
        role, path = self._address()
        method, body = self.lot.choice(values.METHODS), self.lot.choice((b"", b"a=1", b"{}"))
        return Case(role, method, path, "method", body=body, content_type=URLENCODED if body else "")

    def body(self) -> Case:
        """A body that is not what its type says."""
        role, path = self._address()
        if self.surface.forms and self.lot.random() < 0.5:
            path = self.lot.choice(self.surface.forms).path
        return Case(
            role, "POST", path, "body", body=self.lot.choice(values.BODIES), content_type=self.lot.choice(values.BODY_TYPES)
        )

    def form(self) -> Case:
        """A real form with one to three fields changed, left out or repeated."""
        form = self.lot.choice(self.surface.forms)
        fields = list(form.fields)
        for _time in range(self.lot.choice((1, 1, 2, 3))):
            self._spoil(fields)
        return Case(self.lot.choice(ADMIN_ROLES), "POST", form.path, "form", body=_urlencoded(fields), content_type=URLENCODED)

    def upload(self) -> Case:
        """A real form with hostile files, sent as the browser sends files."""
        with_files = [form for form in self.surface.forms if form.files] or self.surface.forms
        form = self.lot.choice(with_files if self.lot.random() < 0.9 else self.surface.forms)
        names = [*form.files, *self.lot.choice(((), ("files[]",), ("file",), ("import_file",)))]
        fields = list(form.fields)
        if self.lot.random() < 0.3:
            self._spoil(fields)
        files = [(name, *self.lot.choice(values.FILES)) for name in names]
        headers = {"X-Requested-With": "XMLHttpRequest"} if self.lot.random() < 0.5 else {}
        body, content_type = _multipart(fields, files), "multipart/form-data; boundary=limit"
        return Case(self.lot.choice(ADMIN_ROLES), "POST", form.path, "upload", headers, body, content_type)

    def _address(self) -> tuple[str, str]:
        if self.lot.random() < 0.45:
            return "anonymous", self.lot.choice(self.surface.public)
        return self.lot.choice(ADMIN_ROLES), self.lot.choice(list(self.surface.admin.values()))

    def _encoded(self) -> str:
        if self.lot.random() < 0.1:
            return self.lot.choice(_UNESCAPED)
        return quote(self.lot.choice(values.SHORT).encode("utf-8", "surrogatepass"), safe="")

    def _spoil(self, fields: list[tuple[str, str]]) -> None:
        kind, lot = self.lot.choices(("value", "json", "drop", "repeat", "add"), (55, 20, 12, 5, 8))[0], self.lot
        if not fields or kind == "add":
            fields.append((lot.choice(self.surface.parameters), lot.choice(values.ALL)))
            return
        at = lot.randrange(len(fields))
        if kind == "json":
            states = [place for place, (_name, value) in enumerate(fields) if value[:1] in ("{", "[")]
            at = lot.choice(states) if states else at
        name, value = fields[at]
        if kind == "drop":
            del fields[at]
        elif kind == "repeat":
            fields.insert(at, (name, lot.choice(values.ALL)))
        else:
            fields[at] = (name, self._spoilt_json(value) if kind == "json" else lot.choice(values.ALL))

    def _spoilt_json(self, text: str) -> str:
        """Return JSON with one of its values replaced or left out; hostile JSON where `text` is none."""
        try:
            tree = json.loads(text)
        except (ValueError, RecursionError):  # nested too deep on purpose
            tree = None
        if not isinstance(tree, (dict, list)) or not tree:
            return self.lot.choice(values.STRUCTURES)
        node = tree
        while True:
            key = self.lot.choice(list(node)) if isinstance(node, dict) else self.lot.randrange(len(node))
            if isinstance(node[key], (dict, list)) and node[key] and self.lot.random() < 0.8:
                node = node[key]
                continue
            if self.lot.random() < 0.2:
                del node[key]
            else:
                node[key] = self.lot.choice((None, [], {}, "", -1, 10**30, 1.5, True, "abc", values.MARKER, "\ud800", "a\x00b"))
            return json.dumps(tree)


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _urlencoded(fields) -> bytes:
    return "&".join(f"{quote(_bytes(name))}={quote(_bytes(value))}" for name, value in fields).encode()


def _multipart(fields, files) -> bytes:
    parts = [b'Content-Disposition: form-data; name="%s"\r\n\r\n%s' % (_bytes(name), _bytes(value)) for name, value in fields]
    for name, file_name, content in files:
        head = b'Content-Disposition: form-data; name="%s"; filename="%s"' % (_bytes(name), _bytes(file_name))
        parts.append(head + b"\r\nContent-Type: application/octet-stream\r\n\r\n" + content)
    return b"".join(b"--limit\r\n" + part + b"\r\n" for part in parts) + b"--limit--\r\n"
