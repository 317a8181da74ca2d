"""Sending the cases and keeping count of the answers."""

import json
import sys
import time
from collections import Counter
from copy import deepcopy
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from unittest import mock

from django.conf import settings
from django.core.cache import cache
from django.core.files.storage import FileSystemStorage
from django.db import connection, transaction
from django.test import Client, TestCase
from wagtail.models import Page

from core.text_request import TextRequest
from tests.fuzz.addresses import admin_addresses, public_paths
from tests.fuzz.cases import Case
from tests.fuzz.forms import forms_in, known_parameters
from tests.fuzz.mutation import Generator, Surface
from tests.fuzz.sample import Sample
from tests.fuzz.verdict import faults
from tests.signing_in import client_of

SECONDS = 1.0
FINDINGS = settings.BASE_DIR / "var/fuzz"  # and below it, by database


@dataclass
class Tally:
    """What came back: how often each status, by kind of mutation, and each fault with the first case that showed it."""

    statuses: Counter = field(default_factory=Counter)
    kinds: Counter = field(default_factory=Counter)
    found: dict[str, tuple[Case, str]] = field(default_factory=dict)
    times: Counter = field(default_factory=Counter)
    slowest: float = 0.0


class Portal:
    """The portal under test, asked in the name of each role; nothing that is asked remains in the database."""

    def __init__(self, sample: Sample):
        self.sample = sample
        self.clients = {"anonymous": Client(raise_request_exception=False)}
        self.clients |= {name: client_of(user, raise_request_exception=False) for name, user in sample.users.items()}
        self.cookies = {name: deepcopy(client.cookies) for name, client in self.clients.items()}
        self.tally = Tally()
        # What is undone in the database must not be gone from the disk.
        FileSystemStorage.delete = lambda storage, name: None

    def ask(self, case: Case):
        """Return the answer to `case`, its body, and the seconds of work it took."""
        client = self.clients[case.role]
        client.cookies = deepcopy(self.cookies[case.role])
        environ = case.environ
        if "HTTP_COOKIE" in environ:
            own = "".join(f"{name}={cookie.value}; " for name, cookie in client.cookies.items())
            environ["HTTP_COOKIE"] = own + environ["HTTP_COOKIE"]
        before = time.process_time()
        options = {"content_type": case.content_type} if case.content_type else {}
        # The test client's own stream complains where a length is a lie; a server's gives what there is.
        environ["wsgi.input"] = BytesIO(case.body)
        with mock.patch("django.test.client.WSGIRequest", TextRequest):  # as the portal's own WSGI application does
            response = client.generic(case.method, "/", case.body, **options, **environ)
        body = response.getvalue() if not response.streaming else b"".join(response.streaming_content)
        seconds = time.process_time() - before
        return response, body, seconds

    def try_out(self, case: Case) -> list[tuple[str, str]]:
        """Send `case`, look at what it stored, undo it all; return what was wrong."""
        cache.clear()
        with transaction.atomic():
            found = self._try_out(case)
            transaction.set_rollback(True)
        return found

    def _try_out(self, case: Case) -> list[tuple[str, str]]:
        with TestCase.captureOnCommitCallbacks(execute=True):
            response, body, seconds = self.ask(case)
        self.tally.statuses[response.status_code] += 1
        self.tally.kinds[case.kind] += 1
        self.tally.slowest = max(self.tally.slowest, seconds)
        found = faults(response, body)
        if seconds > SECONDS and (seconds := min(self.ask(case)[2] for _time in range(3))) > SECONDS:
            found.append((f"slow: {case.method} {case.target.split('?')[0][:80]}", f"{seconds:.1f} s"))
        if not found and case.kind in ("form", "upload") and response.status_code < 400:
            for path in self._shown_after(case, response):
                after, body, _seconds = self.ask(Case(case.role, "GET", path, "aftermath"))
                found += [(f"after it: {name}", f"{path}\n{seen}") for name, seen in faults(after, body)]
        return found

    def _shown_after(self, case: Case, response) -> list[str]:
        """Return where to look whether what `case` stored can be shown."""
        location, page_id = response.headers.get("Location", ""), self.sample.ids["page_id"]
        paths = [location] if location.startswith("/") else []
        if f"/pages/{page_id}/edit/" in case.target:
            draft = case.target.replace("/edit/", "/view_draft/")
            paths += [case.target, draft, Page.objects.get(pk=page_id).url]
        return [path for path in paths if path]

    def run(self, cases) -> None:
        for number, case in enumerate(cases, 1):
            if number % 1000 == 0:
                print(f"  {number:,} requests, {len(self.tally.found)} kinds of findings", file=sys.stderr, flush=True)
            for name, seen in self.try_out(case):
                self.tally.times[name] += 1
                if name not in self.tally.found:
                    self.tally.found[name] = (case, seen)
                    write_finding(len(self.tally.found), name, case, seen)

    def surface(self) -> Surface:
        """Return everything that can be asked, found by reading every address of the admin as a superuser."""
        admin = admin_addresses(self.sample.ids)
        public = public_paths(self.sample.ids)
        forms, names, self.unread = [], set(known_parameters()), {}
        for path in [*admin.values(), *(path for path in public if "_util" in path or "documents" in path)]:
            role = "anonymous" if "login" in path else "superuser"
            response, body, _seconds = self.ask(Case(role, "GET", path, "reading"))
            if response.status_code != 200:
                self.unread[path] = response.status_code
                continue
            found, found_names = forms_in(path, _markup(response, body))
            forms += found
            names |= found_names
        return Surface(public, admin, list(dict.fromkeys(forms)), sorted(names))

    def cases(self, surface: Surface, number: int, seed: int):
        return (case for case, _number in zip(Generator(surface, seed), range(number), strict=False))


def _markup(response, body: bytes) -> str:
    content_type, text = response.headers.get("Content-Type", ""), body.decode("utf-8", "replace")
    if content_type.startswith("application/json"):
        answer = json.loads(text)
        return answer.get("html", "") if isinstance(answer, dict) else ""
    return text if content_type.startswith("text/html") else ""


def write_finding(number: int, name: str, case: Case, seen: str) -> None:
    """Write a finding below FINDINGS: the case, to send it again, and beside it what was seen."""
    path = _path(number)
    path.parent.mkdir(parents=True, exist_ok=True)
    case.write(path)
    text = f"{name}\n{case.role} {case.method} {case.target}\n\n{seen}\n"
    path.with_suffix(".txt").write_text(text, encoding="utf-8", errors="backslashreplace")


def findings(tally: Tally) -> list[str]:
    """Return for each finding how often it came up and how to send it again."""
    return [
        f"{tally.times[name]:5} × {name}\n"
        f"        {case.role} {case.method} {case.target[:120]}\n"
        f"        make fuzz REPLAY={_path(number)}"
        for number, (name, (case, _seen)) in enumerate(tally.found.items(), 1)
    ]


def _path(number: int) -> Path:
    return FINDINGS / connection.vendor / f"finding-{number}.json"
