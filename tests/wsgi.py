"""Asking a WSGI application as a server would."""

from contextlib import contextmanager
from dataclasses import dataclass

from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import RequestFactory


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@contextmanager
def connections_kept():
    """Keep the connection of the test, which holds its transaction, as Django's own test client does."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in signals:
            signal.connect(close_old_connections)


class Answers:
    """What `application` answers."""

    def __init__(self, application):
        self.application = application

    def get(self, path: str, **environ) -> Answer:
        return self.ask("GET", path, **environ)

    def ask(self, method: str, path: str, **environ) -> Answer:
        started = []
        asked = RequestFactory(SERVER_NAME="localhost").generic(method, path, **environ).environ
        asked["HTTP_HOST"] = "localhost"
        with connections_kept():
            chunks = self.application(asked, lambda *line: started.append(line))
            body = b"".join(chunks)
            if hasattr(chunks, "close"):
                chunks.close()
        status, headers = started[-1][:2]
        assert len({name.lower() for name, _value in headers}) == len(headers), headers
        return Answer(int(status[:3]), dict(headers), body)
