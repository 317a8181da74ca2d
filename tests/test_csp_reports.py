"""What browsers report about the content security policy: counted without anything about the reader, and bounded."""

import datetime
import json

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from delivery import violations
from delivery.models import PolicyViolation
from tests.signing_in import client_of

pytestmark = pytest.mark.usefixtures("portal")

PATH = f"/{settings.CSP_REPORTS_PATH}"


def old_report(**changes) -> dict:
    report = {
        "document-uri": "http://testserver/zh/news/?q=a-secret#part",
        "effective-directive": "script-src-elem",
        "violated-directive": "script-src 'self'",
        "blocked-uri": "https://user:a-secret@evil.example:8443/x.js?a-secret",
        "script-sample": "a-secret",
    }
    return {"csp-report": report | changes}


def new_report(**changes) -> dict:
    body = {"documentURL": "http://testserver/zh/", "effectiveDirective": "style-src-elem", "blockedURL": "inline"}
    return {"type": "csp-violation", "age": 1, "url": "http://testserver/zh/", "user_agent": "x", "body": body | changes}


def send(report, content_type: str = "application/csp-report", **options):
    body = report if isinstance(report, bytes) else json.dumps(report).encode()
    return Client(enforce_csrf_checks=True).post(PATH, body, content_type=content_type, **options)


def rows() -> list[tuple]:
    return list(PolicyViolation.objects.order_by("pk").values_list("directive", "blocked", "page", "count"))


def test_a_report_is_counted_without_what_the_reader_asked():
    for _time in range(3):
        response = send(old_report())
        assert (response.status_code, response.content) == (204, b"")
        assert not response.cookies
    assert rows() == [("script-src-elem", "evil.example:8443", "/zh/news/", 3)]
    assert "a-secret" not in str(PolicyViolation.objects.values().get())


def test_reports_of_the_reporting_api_are_counted_too():
    send(
        [new_report(), new_report(blockedURL="data:text/css,x"), {"type": "deprecation", "body": {}}],
        "application/reports+json",
    )
    assert rows() == [("style-src-elem", "inline", "/zh/", 1), ("style-src-elem", "data", "/zh/", 1)]


@pytest.mark.parametrize(
    "report",
    [
        *(b"", b"{", b"\xff\xfe", b"[" * 10_000, b"null", b"1", b'"x"', b"[]", b"[[], 1, null]", b'{"csp-report": []}'),
        *({}, {"csp-report": None}, {"csp-report": {"document-uri": 1, "effective-directive": [], "blocked-uri": {}}}),
        old_report(**{"document-uri": "https://evil.example/zh/"}),
        old_report(**{"document-uri": "http://[::1/zh/"}),
        old_report(**{"blocked-uri": "http://[evil/"}),
        old_report(**{"blocked-uri": "\u0000<script>"}),
        old_report(**{"effective-directive": "<script>alert(1)</script>"}),
        old_report(**{"effective-directive": "a" * 5000}),
        old_report(**{"blocked-uri": "https://" + "a" * 300 + ".example/"}),
        b'{"csp-report": "' + b"a" * 20_000 + b'"}',
    ],
)
def test_what_is_no_report_is_answered_alike_and_not_kept(report):
    for content_type in ("application/csp-report", "application/reports+json", "text/plain", ""):
        assert send(report, content_type or "application/octet-stream").status_code == 204
    assert rows() == []


def test_an_address_is_kept_as_plain_characters_and_cut():
    send(old_report(**{"document-uri": "http://testserver/zh/\u0000海智/" + "a" * 400}))
    ((_directive, _blocked, page, _count),) = rows()
    assert page.startswith("/zh/???/aaa")
    assert len(page) == 255


def test_reports_are_sent_and_nothing_is_read_at_the_address(client):
    for method in ("GET", "HEAD", "PUT", "DELETE", "OPTIONS"):
        assert client.generic(method, PATH).status_code == 405


def test_a_flood_is_left_out(monkeypatch):
    monkeypatch.setattr(violations, "MAX_REPORTS_A_MINUTE", 3)
    moment = timezone.now()
    monkeypatch.setattr(violations.timezone, "now", lambda: moment)
    for number in range(6):
        assert send(old_report(**{"document-uri": f"http://testserver/zh/{number}/"})).status_code == 204
    assert len(rows()) == 3
    cache.clear()
    send([new_report(documentURL=f"http://testserver/en/{number}/") for number in range(50)], "application/reports+json")
    assert len(rows()) == 6


def test_the_table_has_a_bound(monkeypatch):
    monkeypatch.setattr(violations, "MAX_ROWS", 2)
    for number in range(4):
        send(old_report(**{"document-uri": f"http://testserver/zh/{number}/"}))
    send(old_report(**{"document-uri": "http://testserver/zh/0/"}))
    assert [count for *_place, count in rows()] == [2, 1]


def test_what_was_not_seen_for_long_is_forgotten():
    send(old_report())
    PolicyViolation.objects.update(last_seen=timezone.now() - datetime.timedelta(days=settings.CSP_REPORTS_KEPT_DAYS + 1))
    send(old_report(**{"document-uri": "http://testserver/en/"}))
    assert [page for _directive, _blocked, page, _count in rows()] == ["/en/"]


def test_a_busy_database_or_a_cache_that_is_down_costs_the_report_and_nothing_else(monkeypatch):
    def busy(*_place):
        raise DatabaseError("database is locked")

    with monkeypatch.context() as patch:
        patch.setattr(violations, "_count", busy)
        assert send(old_report()).status_code == 204
    monkeypatch.setattr(violations.cache, "incr", lambda key: None)
    assert send(old_report()).status_code == 204
    assert rows() == []


@pytest.mark.parametrize("role", ["writer", "translator", "reviewer", "chief-editor", "administrator"])
def test_administrators_alone_see_what_browsers_refused(staff, role):
    send(old_report())
    client = client_of(staff(role))
    response, home = client.get(reverse("policy_violations")), client.get(reverse("wagtailadmin_home"))
    allowed = role == "administrator"
    assert (response.status_code == 200 and "evil.example:8443" in response.content.decode()) == allowed
    assert (reverse("policy_violations") in home.content.decode()) == allowed
