"""Who acts, and from where: the request being answered, or the command being run."""

import sys
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path

from core.client_address import client_address

COMMAND_LINE = "command line"
_request = ContextVar("audited_request", default=None)


@dataclass(frozen=True)
class Origin:
    actor_id: int | None
    actor_name: str  # "" for a stranger
    address: str


@contextmanager
def answering(request):
    """Attribute what is recorded inside to the request's user and address."""
    token = _request.set(request)
    try:
        yield
    finally:
        _request.reset(token)


def current_request():
    """Return the request being answered, None outside of one."""
    return _request.get()


def current_origin(actor=None) -> Origin:
    """Return who acts now: `actor` where the caller knows better, else the request's user, else the command line."""
    request = _request.get()
    if actor is None and request is not None:
        actor = getattr(request, "user", None)
    address = client_address(request) if request is not None else ""
    if actor is not None and actor.pk is not None:
        return Origin(actor.pk, actor.get_username(), address)
    return Origin(None, "" if request is not None else _command(), address)


def _command() -> str:
    program, *arguments = sys.argv or [""]
    return f"manage.py {arguments[0]}" if Path(program).name == "manage.py" and arguments else COMMAND_LINE
