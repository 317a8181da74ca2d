"""The committed list of hostile requests (hostile_requests.yaml), read."""

import re
from dataclasses import dataclass, field
from pathlib import Path

import yaml
from django.conf import settings

_REPEATED = re.compile(r"<<(.+?)\*(\d+)>>", re.S)


@dataclass(frozen=True)
class HostileRequest:
    name: str
    method: str
    target: str
    answer: list[int]
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    type: str = "application/x-www-form-urlencoded"
    absent: str = ""
    raw: bool = False

    def unmet(self, status: int, answer: str) -> str:
        """Return what is wrong with the answer, head and body in one text; "" when nothing is."""
        if status not in self.answer:
            return f"{self.name}: {status}, not {self.answer}"
        return f"{self.name}: {self.absent!r} in the answer" if self.absent and self.absent in answer else ""


def _expanded(text: str) -> str:
    return _REPEATED.sub(lambda found: found[1] * int(found[2]), text)


def hostile_requests() -> list[HostileRequest]:
    classes = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
    return [_read(name, entry) for name, entries in classes.items() for entry in entries]


def _read(name: str, entry: dict) -> HostileRequest:
    method, target = entry["ask"].split(" ", 1)
    target = _expanded(target).replace("/admin/", f"/{settings.ADMIN_PATH}")
    values = {key: entry[key] for key in ("answer", "type", "absent", "raw") if key in entry}
    values["headers"] = {key: _expanded(value) for key, value in entry.get("headers", {}).items()}
    values["body"] = _expanded(entry.get("body", "")).encode()
    return HostileRequest(f"{name}: {entry['ask'][:80]}", method, target, **values)
