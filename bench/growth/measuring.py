"""The measurement itself, in a process for each size."""

import time
from collections.abc import Callable
from pathlib import Path

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.roles import TRANSLATOR as TRANSLATOR_ROLE
from bench.growth.addresses import READER, SUPERUSER, TRANSLATOR, Kind, kinds
from core import changes

LEAST, MOST, SECONDS = 3, 30, 0.3  # requests for one figure: the least of them counts, on a busy machine, too
Cost = tuple[float, int]


def measure() -> dict[str, dict[str, Cost]]:
    """Return for each kind of page what a request costs, in milliseconds of processor time and in queries: "warm", with what
    the process remembers of former requests, and for public pages "first", with nothing remembered, as after a change."""
    askers = {READER: _client(), SUPERUSER: _signed_in(SUPERUSER), TRANSLATOR: _signed_in(TRANSLATOR)}
    return {kind.name: _costs(askers[kind.asked_by], kind) for kind in kinds()}


def _costs(asker: Client, kind: Kind) -> dict[str, Cost]:
    _ask(asker, kind.address)
    costs = {"warm": _cost(asker, kind.address)}
    if kind.asked_by == READER:
        costs["first"] = _cost(asker, kind.address, _forget)
    return costs


def _client() -> Client:
    return Client(HTTP_HOST="127.0.0.1", HTTP_ACCEPT_LANGUAGE="zh-hans", raise_request_exception=True)


def _signed_in(name: str) -> Client:
    users, client = get_user_model(), _client()
    user = users.objects.filter(username=f"bench-{name}").first()
    if user is None:
        create = users.objects.create_superuser if name == SUPERUSER else users.objects.create_user
        user = create(f"bench-{name}", f"{name}@example.org")
        user.groups.add(*Group.objects.filter(name=TRANSLATOR_ROLE.name if name == TRANSLATOR else ""))
    client.force_login(user)
    return client


def _ask(asker: Client, address: str) -> None:
    answer = asker.get(address)
    body = b"".join(answer)
    if answer.status_code != 200 or not body:
        raise RuntimeError(f"{address} answers {answer.status_code}: nothing was measured.")


def _forget() -> None:
    """Forget all that was made of the content, and learn how far its changes have gone."""
    changes.begin_anew()
    changes.learn()


def _cost(asker: Client, address: str, before: Callable[[], None] = lambda: None) -> Cost:
    """Return the least milliseconds of processor time and the least number of queries of some requests."""
    times, numbers, began = [], [], time.perf_counter()
    while len(times) < LEAST or (len(times) < MOST and time.perf_counter() - began < SECONDS):
        before()
        start = _spent()
        _ask(asker, address)
        times.append(_spent() - start)
    for _number in range(2):
        before()
        with CaptureQueriesContext(connection) as captured:
            _ask(asker, address)
        numbers.append(len(captured))
    return min(times) * 1000, min(numbers)


def _spent() -> float:
    """Return the seconds of processor time that this process has used, on PostgreSQL with its server process."""
    spent = time.process_time()
    if connection.vendor == "postgresql":
        connection.ensure_connection()
        server = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
        spent += int(server.read_text().split()[0]) / 1e9
    return spent
