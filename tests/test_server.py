"""A process of the server that hangs is ended, and one that is told to stop finishes its answer first."""

import io
import socket
import subprocess
import sys
import time

import pytest
from django.conf import settings

from portal.server import read_to_the_end, told_as_asked

PATIENCE = 60  # seconds: other work may keep the machine busy
HANGING = """
import sys, time, re
from portal.hang_watch import HangWatch
watch = HangWatch(lambda environ, start_response: {hangs}, 0.3, 0.05)
watch.start()
watch({{}}, None)
"""
SERVED = """
import time
from pathlib import Path
import portal.server
folder = Path({folder!r})

def application(environ, start_response):
    (folder / "asked").touch()
    while not (folder / "go-on").exists():
        time.sleep(0.01)
    start_response("200 OK", [("Content-Length", "4")])
    return [b"done"]

portal.server.load = lambda: None
portal.server.application_of_process = lambda target: application
portal.server.main()
"""


@pytest.mark.parametrize(
    "hangs",
    ["time.sleep(60)", "re.match('(a+)+$', 'a' * 60 + 'b')"],
    ids=["a thread that waits", "a thread that keeps the interpreter"],
)
def test_a_process_that_hangs_ends_and_says_where(hangs):
    command = [sys.executable, "-c", HANGING.format(hangs=hangs)]
    ended = subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, text=True, timeout=PATIENCE, check=False)

    assert ended.returncode == 1
    assert "<lambda>" in ended.stderr


def test_the_server_answers_what_it_was_asked_before_it_stops(tmp_path, monkeypatch):
    place = tmp_path / "portal.sock"
    place.touch()  # as a server that was killed leaves it
    monkeypatch.setenv("BIND", f"unix:{place}")
    monkeypatch.setenv("WEB_CONCURRENCY", "1")
    with subprocess.Popen([sys.executable, "-c", SERVED.format(folder=str(tmp_path))], cwd=settings.BASE_DIR) as server:
        try:
            with _connection(place) as reader:
                reader.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                _wait_until((tmp_path / "asked").exists)
                server.terminate()
                (tmp_path / "go-on").touch()
                answer = b"".join(iter(lambda: reader.recv(4096), b""))
            assert answer.startswith(b"HTTP/1.1 200 ")
            assert answer.endswith(b"done")
            assert server.wait(PATIENCE) == 0
        finally:
            server.kill()


@pytest.mark.parametrize(("sent", "told"), [({"HTTP_X_ASKED_ADDRESS": "/zh/%61bout/"}, "/zh/%61bout/"), ({}, None)])
def test_the_portal_is_told_how_an_address_was_spelled(sent, told):
    application = told_as_asked(lambda environ, start_response: environ)

    assert application(sent, None) == ({"RAW_URI": told} if told else {})


def _connection(place) -> socket.socket:
    connection = socket.socket(socket.AF_UNIX)
    connection.settimeout(PATIENCE)

    def is_connected() -> bool:
        try:
            connection.connect(str(place))
        except OSError:
            return False
        return True

    _wait_until(is_connected)
    return connection


def _wait_until(holds) -> None:
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_what_an_application_leaves_of_a_body_is_read():
    body = io.BytesIO(b"x" * 200_000)
    refusing = read_to_the_end(lambda environ, start_response: [b"no"])

    assert refusing({"CONTENT_LENGTH": "200000", "wsgi.input": body}, None) == [b"no"]
    assert body.read() == b""
