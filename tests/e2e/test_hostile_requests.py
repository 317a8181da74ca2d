"""The hostile requests of the list, sent raw over a socket to the portal's own server, and to nginx before it."""

import os
import re
import runpy
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.db import ConnectionHandler

from portal.settings import environment
from tests.hostile_requests import HostileRequest, hostile_requests

pytestmark = pytest.mark.django_db

START_SECONDS = 60
ANSWER_SECONDS = 30  # without a word from the server; the connection then counts as unanswered
HEALTH = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
_INTERIM = re.compile(rb"HTTP/1\.\d 1\d\d[^\r]*\r\n\r\n")
WITH_NGINX = pytest.mark.skipif(
    not shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/bin"), reason="nginx is not installed"
)
Place = str | tuple[str, int]


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("served")


@pytest.fixture(scope="module")
def server(database_copy, folder):
    """The running server, which listens at `folder`/portal.sock and writes to `folder`/log."""
    variables = os.environ | {
        "DATABASE_URL": database_copy,
        "DJANGO_SETTINGS_MODULE": "portal.settings.test",
        "BIND": f"unix:{folder / 'portal.sock'}",
        "WEB_CONCURRENCY": "1",
    }
    with _running([sys.executable, "-m", "portal.server"], str(folder / "portal.sock"), folder / "log", variables) as process:
        yield process


@pytest.fixture(scope="module")
def nginx(server, folder) -> Place:
    """The address of nginx, as deploy/ sets it up, before the server; it has no mirror yet."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        place = probe.getsockname()
    mirror = folder / "mirror" / "nginx"
    mirror.mkdir(parents=True)
    for name in ("zh", "en", "static", "other", "headers"):
        (mirror / f"{name}.conf").touch()
    maps = (f"map $uri {name} {{ default ''; }}\n" for name in ("$portal_moved", "$portal_found"))
    (mirror / "redirects.conf").write_text("".join(maps))
    serve = runpy.run_path(str(settings.BASE_DIR / "deploy" / "serve.py"))
    command = serve["nginx_command"](serve["write_nginx"](folder, place[1], str(mirror.parent)))
    with _running(command, place, folder / "nginx.log"):
        yield place


@contextmanager
def _running(command: list[str], place: Place, log: Path, variables: dict | None = None):
    """Start what is to answer at `place` and end it."""
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=settings.BASE_DIR, env=variables, stdout=output, stderr=output)
    try:
        deadline = time.monotonic() + START_SECONDS
        while send(place, HEALTH)[0] != 200:
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.2)
        yield process
    finally:
        process.terminate()
        process.wait(ANSWER_SECONDS)


def send(place: Place, raw: bytes) -> tuple[int, str]:
    """Return the status (0 where the connection is closed unanswered) and the whole answer."""
    answer = b""
    try:
        with socket.socket(socket.AF_UNIX if isinstance(place, str) else socket.AF_INET) as connection:
            connection.settimeout(ANSWER_SECONDS)
            connection.connect(place)
            connection.sendall(raw)
            while part := connection.recv(65_536):
                answer += part
    except OSError:
        pass  # a server may close while the rest is sent
    while found := _INTERIM.match(answer):
        answer = answer[found.end() :]
    line = answer.split(b"\r\n", 1)[0].split()
    return (int(line[1]) if len(line) > 1 and line[1].isdigit() else 0), answer.decode("utf-8", "replace")


def _raw(request: HostileRequest) -> bytes:
    headers = {"Host": "localhost", "Connection": "close"}
    if request.body:
        headers |= {"Content-Type": request.type, "Content-Length": str(len(request.body))}
    lines = [f"{request.method} {request.target} HTTP/1.1", *(f"{k}: {v}" for k, v in (headers | request.headers).items())]
    return "\r\n".join([*lines, "", ""]).encode() + request.body


def test_every_hostile_request_to_the_server_has_its_decided_answer(server, folder, capsys):
    # granian does not hand on the host of a request line; nginx believes it alone.
    asked = [request for request in hostile_requests() if not request.target.startswith("http")]
    assert _unmet(str(folder / "portal.sock"), asked, capsys) == []


@WITH_NGINX
def test_every_hostile_request_to_nginx_has_its_decided_answer(nginx, capsys):
    assert _unmet(nginx, hostile_requests(), capsys) == []


def _unmet(place: Place, asked: list[HostileRequest], capsys) -> list[str]:
    unmet, slowest = [], 0.0
    for request in asked:
        before = time.monotonic()
        wrong = request.unmet(*send(place, _raw(request)))
        slowest = max(slowest, time.monotonic() - before)
        unmet += [wrong] if wrong else []
    with capsys.disabled():
        print(f"\n{len(asked)} hostile requests, {len(unmet)} unmet, slowest {slowest:.2f} s")
    return unmet


@WITH_NGINX
def test_no_answer_says_by_which_version_of_what_it_was_served(nginx):
    answer = send(nginx, HEALTH)[1].lower()
    assert re.findall(r"^server: (.*)$", answer, re.M) == ["nginx\r"]
    assert "granian" not in answer
    assert "x-powered-by" not in answer


def test_an_answer_to_head_has_no_body_and_leaves_no_line_in_the_log(server, folder):
    before = (folder / "log").read_text()
    status, answer = send(str(folder / "portal.sock"), HEALTH.replace(b"GET /healthz", b"HEAD /zh/"))
    assert status == 200
    assert answer.endswith("\r\n\r\n")
    assert (folder / "log").read_text() == before


def test_a_connection_outlives_an_answer_for_which_the_body_was_not_wanted(server, folder):
    body = b"x" * 1_000_000
    head = b"POST /admin/login/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data\r\nContent-Length: %d\r\n\r\n"
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(ANSWER_SECONDS)
        connection.connect(str(folder / "portal.sock"))
        connection.sendall(head.replace(b"/admin/", f"/{settings.ADMIN_PATH}".encode()) % len(body) + body)
        assert connection.recv(65_536).startswith(b"HTTP/1.1 413 ")
        connection.sendall(HEALTH)
        answers = b""
        while part := connection.recv(65_536):
            answers += part
    assert b"HTTP/1.1 200 OK" in answers


def test_a_process_that_died_is_replaced_and_one_that_ends_in_order_writes_the_views_it_counted(server, folder, views):
    place, before = str(folder / "portal.sock"), views()
    [worker] = _processes_of(server.pid)
    os.kill(worker, signal.SIGKILL)
    deadline = time.monotonic() + START_SECONDS
    while not (_processes_of(server.pid) - {worker} and send(place, HEALTH)[0] == 200):
        assert time.monotonic() < deadline, (folder / "log").read_text()
        time.sleep(0.1)
    agent = b"User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0\r\n\r\n"
    read = HEALTH.replace(b"/healthz", b"/zh/privacy/")[:-2] + agent
    assert [send(place, read)[0] for _time in range(3)] == [200] * 3
    server.terminate()
    assert server.wait(START_SECONDS) == 0
    assert views() - before == 3


@pytest.fixture
def views(database_copy, monkeypatch, django_db_blocker):
    """A function that returns how often the database of the server says that a page was read."""
    monkeypatch.setenv("DATABASE_URL", database_copy)
    with django_db_blocker.unblock():
        connection = ConnectionHandler({"default": environment.database()})["default"]

        def count() -> int:
            with connection.cursor() as cursor:
                cursor.execute("SELECT SUM(count) FROM readership_dailyviews WHERE path = 'privacy/'")
                return cursor.fetchone()[0] or 0

        yield count
        connection.close()


def _processes_of(server: int) -> set[int]:
    return {int(pid) for task in Path(f"/proc/{server}/task").glob("*/children") for pid in task.read_text().split()}
