"""The hostile requests of the list, sent raw over a socket to the portal's own server."""

import os
import re
import socket
import subprocess
import sys
import time

import pytest
from django.conf import settings

from tests.hostile_requests import HostileRequest, hostile_requests

START_SECONDS = 60
ANSWER_SECONDS = 30  # without a word from the server; the connection then counts as unanswered
_INTERIM = re.compile(rb"HTTP/1\.\d 1\d\d[^\r]*\r\n\r\n")


@pytest.fixture(scope="module")
def port(database_copy):
    """The port of a running gunicorn."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {"DATABASE_URL": database_copy, "DJANGO_SETTINGS_MODULE": "portal.settings.test"}
    command = [sys.executable, "-m", "gunicorn", "portal.wsgi", "--bind", f"127.0.0.1:{port}", "--log-level", "critical"]
    process = subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment, stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + START_SECONDS
        while send(port, b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")[0] != 200:
            assert process.poll() is None, "gunicorn stopped"
            assert time.monotonic() < deadline, "gunicorn did not answer in time"
            time.sleep(0.2)
        yield port
    finally:
        process.terminate()
        process.wait(10)


def send(port: int, raw: bytes) -> tuple[int, str]:
    """Return the status (0 where the connection is closed unanswered) and the whole answer."""
    answer = b""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=ANSWER_SECONDS) as connection:
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


def test_every_hostile_request_to_the_server_has_its_decided_answer(port, capsys):
    unmet, slowest, asked = [], 0.0, hostile_requests()
    for request in asked:
        before = time.monotonic()
        wrong = request.unmet(*send(port, _raw(request)))
        slowest = max(slowest, time.monotonic() - before)
        unmet += [wrong] if wrong else []
    with capsys.disabled():
        print(f"\n{len(asked)} hostile requests to gunicorn, {len(unmet)} unmet, slowest {slowest:.2f} s")
    assert unmet == []
