"""Nobody writes lines of their own into the server's logs, whatever they send."""

import logging
from io import StringIO
from urllib.parse import quote, urlencode

import pytest
from django.conf import settings
from django.http import HttpRequest
from django.utils.module_loading import import_string

from news.models import NewsPage

FORGED = '{"number": 1, "event": "sign_in.done"}'
BREAKS = ["\n", "\r\n", "\r", "\x0b", "\x1b[2K", "\x85", "\u2028"]


@pytest.fixture
def log(monkeypatch):
    """What the loggers of the portal write, in the form that the settings give it."""
    form = dict(settings.LOGGING["formatters"]["plain"])
    handler = logging.StreamHandler(StringIO())
    handler.setFormatter(import_string(form.pop("class"))(form.pop("format"), **form))
    for name in ("django", "core"):
        monkeypatch.setattr(logging.getLogger(name), "handlers", [handler])
    return handler.stream


def _lines(log) -> list[str]:
    return log.getvalue().splitlines()


@pytest.mark.parametrize("line_break", BREAKS)
def test_a_malformed_form_leaves_one_line_that_names_its_address(portal, client, log, line_break):
    form = urlencode({f"x{line_break}{FORGED}-TOTAL_FORMS": "3"})
    response = client.post("/admin/login/", form, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 400
    [line] = _lines(log)
    assert " WARNING django.security.MalformedInput: /admin/login/: " in line
    assert "\x1b" not in line


@pytest.mark.parametrize("line_break", BREAKS)
def test_an_address_leaves_one_line(portal, client, log, line_break):
    client.get("/zh/x" + quote(line_break + FORGED))
    [line] = _lines(log)
    assert "WARNING django.request: " in line


def test_a_fault_of_our_own_stands_with_its_traceback_behind_bars(portal, client, log, monkeypatch):
    def fail(self, request: HttpRequest, *arguments):
        raise RuntimeError(f"a fault\n{FORGED}")

    monkeypatch.setattr(NewsPage, "get_context", fail)
    client.raise_request_exception = False
    client.get("/zh/news/yanshan-university-accredited/")
    first, *traceback = _lines(log)
    assert " ERROR django.request: " in first
    assert f"  | {FORGED}" in traceback
    assert all(line.startswith("  | ") for line in traceback)
