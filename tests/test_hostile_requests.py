"""The hostile requests of the list: each has its decided answer. A server is asked in tests/e2e."""

import pytest

from tests.fuzz.cases import Case
from tests.hostile_requests import hostile_requests

pytestmark = pytest.mark.usefixtures("portal")


def test_every_hostile_request_has_its_decided_answer(client, capsys):
    client.raise_request_exception = False
    asked = [request for request in hostile_requests() if not request.raw]
    unmet = [wrong for request in asked if (wrong := request.unmet(*_ask(client, request)))]
    with capsys.disabled():
        print(f"\n{len(asked)} hostile requests, {len(unmet)} unmet")
    assert unmet == []


def _ask(client, request) -> tuple[int, str]:
    case = Case("anonymous", request.method, request.target, "", request.headers, request.body)
    options = {"content_type": request.type} if request.body else {}
    response = client.generic(case.method, "/", case.body, **options, **case.environ)
    heads = "".join(f"{name}: {value}\n" for name, value in response.headers.items())
    return response.status_code, heads + response.getvalue().decode("utf-8", "replace")
