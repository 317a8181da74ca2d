"""One request of the generator, as data that can be written down and sent again."""

import base64
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from urllib.parse import unquote_to_bytes


@dataclass(frozen=True)
class Case:
    """A request: `target` is the request line's path and query, percent-encoded; `kind` names the mutation."""

    role: str
    method: str
    target: str
    kind: str
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    content_type: str = ""

    @property
    def environ(self) -> dict[str, str]:
        """What a WSGI server would make of the target and the headers."""
        path, _mark, query = self.target.partition("?")
        environ = {"PATH_INFO": unquote_to_bytes(path).decode("latin-1"), "QUERY_STRING": query}
        for name, value in self.headers.items():
            key = name.upper().replace("-", "_")
            environ[key if key in ("CONTENT_LENGTH", "CONTENT_TYPE") else f"HTTP_{key}"] = value
        return environ

    def write(self, path: Path) -> None:
        values = asdict(self) | {"body": base64.b64encode(self.body).decode()}
        path.write_text(json.dumps(values, indent=1))

    @classmethod
    def read(cls, path: Path) -> "Case":
        values = json.loads(path.read_text())
        return cls(**values | {"body": base64.b64decode(values["body"])})
