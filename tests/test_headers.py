"""The headers of every kind of answer, whoever gave it: pages, feeds, files, errors, redirects, refusals."""

import re

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.documents.models import Document
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import PageViewRestriction

from core.models import PortalImage
from news.models import NewsPage
from tests.addresses import paths_by_language
from tests.signing_in import client_of
from tests.test_delivery import PAGES, SERVICES

# Files that the test client's answers hold open are left to the garbage collector: closing such an answer ends the test's
# connection to the database.
pytestmark = [
    pytest.mark.usefixtures("portal"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning"),
]

EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Permitted-Cross-Domain-Policies": "none",
    "Reporting-Endpoints": 'csp="/csp-reports/"',
}
MARKS = ("Server", "X-Powered-By", "X-Generator", "Via", "X-Runtime")
REFUSED = {
    "/zh/nothing/": 404,
    "/nothing/": 404,
    "/.env": 404,
    "/zh/%ff/": 400,
    "/zh/?q=%00": 400,
    "/zh/?" + "a=1&" * 200: 400,
    "/zh/" + "a" * 5000: 414,
    "/zh/search/?page=abc": 404,
    "/documents/999999/x.pdf": 404,
    "/media/images/nothing.jpg": 404,
    "/static/nothing.css": 404,
    "/csp-reports/": 405,
}
LEADING_ON = ("/", "/zh-hans/news/", "/zh-cn/", "/zh/news", "/en/programme", f"/{settings.ADMIN_PATH}")


def page_of_each_kind() -> list[str]:
    """Return one address of each shape from the sitemap, in both languages."""
    paths = [path for paths in paths_by_language().values() for path in paths]
    return list({re.sub(r"[^/]+/$", "*/", path): path for path in paths}.values())


def answers() -> dict[str, object]:
    """Return an answer of every kind by its name."""
    client, found = Client(raise_request_exception=False), {}
    for path in [*page_of_each_kind(), *PAGES, *SERVICES, *REFUSED, *LEADING_ON]:
        found[f"GET {path[:60]}"] = client.get(path)
    for path in ("/zh/", "/en/bases/", "/robots.txt", "/zh/nothing/", "/csp-reports/"):
        for method in ("HEAD", "OPTIONS", "POST", "PUT", "DELETE", "TRACE", "FOO"):
            found[f"{method} {path}"] = client.generic(method, path)
    found["a host that is not ours"] = client.get("/zh/", headers={"host": "evil.example"})
    found["a static file"] = client.get("/static/css/base.css")
    found["a body too large"] = client.post("/zh/", b"a" * (settings.MAX_BODY_BYTES + 1), content_type="text/plain")
    found["a form without its token"] = Client(enforce_csrf_checks=True).post(f"/{settings.ADMIN_PATH}login/", {"a": 1})
    found["sign-in"] = client.get(f"/{settings.ADMIN_PATH}login/")
    return found


def answer_of(response) -> tuple:
    return response.status_code, response.content, response.headers


def policy(response) -> dict[str, set[str]]:
    """Return the content security policy of `response` by directive."""
    parts = (part.split() for part in response.headers["Content-Security-Policy"].split(";"))
    return {name: set(sources) for name, *sources in parts}


def allows_the_own_host_alone(rules: dict[str, set[str]], name: str) -> None:
    assert rules["default-src"] == {"'none'"}, name
    assert rules["script-src"] == rules["style-src"] == {"'self'"}, name
    assert rules["base-uri"] == rules["object-src"] == {"'none'"}, name
    assert rules["frame-ancestors"] == rules["form-action"] == {"'self'"}, name
    assert rules["report-uri"] == {"/csp-reports/"}, name
    assert set.union(*rules.values()) <= {"'none'", "'self'", "data:", "blob:", "csp", "/csp-reports/"}, name


def test_every_answer_carries_every_header_and_a_policy_that_allows_the_own_host_alone(capsys):
    found = answers()
    for name, response in found.items():
        for header, value in EVERYWHERE.items():
            assert response.headers.get(header) == value, (name, header)
        assert "camera=()" in response.headers["Permissions-Policy"], name
        assert not [mark for mark in MARKS if mark in response.headers], name
        allows_the_own_host_alone(policy(response), name)
    with capsys.disabled():
        statuses = sorted({response.status_code for response in found.values()})
        print(f"\nanswers with every header: {len(found)}, of status {', '.join(map(str, statuses))}")
    assert {200, 301, 302, 400, 403, 404, 405, 413, 414} <= set(statuses)


def test_the_fault_of_a_page_carries_every_header(monkeypatch):
    monkeypatch.setattr("delivery.robots.absolute_url", lambda path: 1 / 0)
    response = Client(raise_request_exception=False).get("/robots.txt")
    assert response.status_code == 500
    assert {name: response.headers.get(name) for name in EVERYWHERE} == EVERYWHERE
    assert policy(response)["default-src"] == {"'none'"}
    assert "ZeroDivision" not in response.content.decode()


@pytest.mark.parametrize(("path", "status"), REFUSED.items())
def test_what_is_refused_is_refused_with_its_status(client, path, status):
    assert client.get(path).status_code == status


def test_files_that_editors_upload_carry_the_headers(client):
    document = Document.objects.create(title="文件", file=ContentFile(b"text", "a.txt"))
    image = PortalImage.objects.create(title="图片", file=get_test_image_file(), alt_text_zh_hans="图片")
    for path in (document.url, image.get_rendition("width-20").url):
        response = client.get(path)
        assert b"".join(response)
        response.close()
        assert {name: response.headers.get(name) for name in EVERYWHERE} == EVERYWHERE
        assert policy(response)["default-src"] == {"'none'"}


@pytest.mark.parametrize("path", [*PAGES, *SERVICES, "/zh-hans/", f"/zh/news/{'x' * 20}/"])
def test_a_form_sent_to_a_page_is_refused_by_its_method_and_not_by_its_token(path):
    response = Client(enforce_csrf_checks=True).post(path, {"a": "1"})
    assert response.status_code == (404 if "xxx" in path else 405)
    if response.status_code == 405:
        assert {"GET", "HEAD"} <= set(response.headers["Allow"].split(", "))
        assert "POST" not in response.headers["Allow"]


@pytest.mark.parametrize("path", ["/zh/", f"/{settings.ADMIN_PATH}login/", "/zh/_util/login/", "/documents/1/a.txt"])
def test_no_address_takes_a_method_that_nobody_knows(client, path):
    assert {client.generic(method, path).status_code for method in ("TRACE", "TRACK", "CONNECT", "FOO")} == {405}


def test_a_page_tells_which_methods_it_takes(client):
    response = client.options("/zh/news/")
    assert (response.status_code, response.headers["Allow"]) == (200, "GET, HEAD, OPTIONS")


def test_a_body_is_bounded_by_the_address_and_by_who_sends_it(client, staff, settings):
    settings.MAX_BODY_BYTES, settings.ADMIN_MAX_BODY_BYTES = 1_000, 2_000
    text = "text/plain"
    for path in ("/zh/", "/zh/_util/login/", "/csp-reports/", "/nothing/"):
        assert client.post(path, b"a" * 1_001, content_type=text).status_code == 413
    writer, admin = client_of(staff("writer")), f"/{settings.ADMIN_PATH}"
    assert client.post(f"{admin}login/", b"a" * 1_001, content_type=text).status_code == 413
    assert writer.post(admin, b"a" * 2_000, content_type=text).status_code != 413
    assert writer.post(admin, b"a" * 2_001, content_type=text).status_code == 413
    assert client.post("/zh/", CONTENT_LENGTH="9" * 5_000).status_code == 413


def test_a_body_that_nothing_reads_is_ignored(client):
    plain, odd = client.get("/zh/"), client.generic("GET", "/zh/", b"q=1", content_type="application/x-www-form-urlencoded")
    assert answer_of(odd) == answer_of(plain)


def test_a_target_that_names_a_host_is_refused(client):
    for target in ("http://evil.example/zh/", "https://testserver/zh/", "*", "evil.example:443"):
        assert client.get("/zh/", RAW_URI=target).status_code == 400
    assert client.get("/zh/", RAW_URI="/zh/").status_code == 200


ODD = (
    {"x-forwarded-host": "evil.example", "x-forwarded-port": "81", "x-forwarded-server": "evil.example"},
    {"x-forwarded-for": "1.2.3.4, 5.6.7.8", "forwarded": "for=1.2.3.4;host=evil.example;proto=https"},
    {"x-forwarded-proto": "https", "x-forwarded-scheme": "https", "x-forwarded-ssl": "on", "front-end-https": "on"},
    {"x-original-url": "/en/", "x-rewrite-url": "/en/", "x-host": "evil.example", "x-forwarded-prefix": "/evil"},
    {"cookie": "django_language=en; wagtail_lang=en; lang=en; theme=dark"},
    {"cookie": "csrftoken=x; sessionid=" + "a" * 200 + "; messages=evil"},
    {"cookie": "csrftoken=" + "\u00e9" * 32 + "; sessionid=../../; ;=;;"},
    {"origin": "https://evil.example", "referer": "https://evil.example/"},
)


def test_headers_and_cookies_of_others_change_nothing_in_any_answer(capsys):
    asked = [*page_of_each_kind(), *PAGES, *SERVICES, *LEADING_ON[:-1], "/zh/nothing/"]
    for path in asked:
        plain = Client().get(path)
        for headers in ODD:
            odd = Client().get(path, headers=headers)
            assert (odd.status_code, odd.content, odd.headers) == (plain.status_code, plain.content, plain.headers), (
                path,
                headers,
            )
            assert not odd.cookies
    with capsys.disabled():
        print(f"\nanswers compared, with and without odd headers: {len(asked) * len(ODD)}")


def test_parameters_that_nobody_knows_change_nothing_in_any_page(capsys):
    query = "?utm_source=evil&next=//evil.example/&lang=en&source=evil.example&%22onload=1"
    asked = [*page_of_each_kind(), *PAGES, *SERVICES[:-1]]
    for path in asked:
        plain, odd = Client().get(path), Client().get(path + query)
        assert (odd.status_code, odd.headers) == (plain.status_code, plain.headers), path
        assert odd.content == plain.content, path
    with capsys.disabled():
        print(f"\npages compared, with and without unknown parameters: {len(asked)}")


@pytest.mark.parametrize(
    "path", [*LEADING_ON, "/zh-hans//evil.example/", "/zh-cn/%5cevil.example/", "/zh-hans/%0d%0aa/", "/zh-hans/http://a/"]
)
def test_every_redirect_stays_on_the_portal(client, path):
    response = client.get(path, headers={"x-forwarded-host": "evil.example"})
    if response.status_code in (301, 302):
        assert re.match(r"/[a-z]", response.headers["Location"])


@pytest.mark.parametrize("target", ["//evil.example/", "https://evil.example/", "/\\evil.example/", "javascript:alert(1)"])
def test_signing_in_for_a_private_page_leads_nowhere_else(client, staff, target):
    page = NewsPage.objects.get(slug="home-forum-2023", locale__language_code="zh-hans")
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    response = client.get(page.url)
    assert response.headers["Location"].startswith("/zh/_util/login/?next=/zh/news/")
    form = {"username": staff("writer").username, "password": "a long password of the tests", "next": target}
    signed_in = client.post("/zh/_util/login/", form)
    assert "evil" not in signed_in.headers.get("Location", "")
    assert "javascript" not in signed_in.headers.get("Location", "")
