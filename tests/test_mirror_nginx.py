"""nginx, as deploy/ sets it up, answers from the mirror with the headers of the portal, also while everything else is down."""

import http.client
import json
import os
import re
import runpy
import shutil
import signal
import socket
import subprocess
import threading
import time
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from socketserver import ThreadingUnixStreamServer

import pytest
from django.conf import settings
from django.core.management import call_command
from wagtail.contrib.redirects.models import Redirect

from delivery.mirror.answers import Application
from delivery.mirror.keys import public_text, signing_key
from delivery.mirror.updating import update
from delivery.mirror.verifying import verify_served
from readership.management.commands import count_views
from readership.models import DailyViews
from tests.small_portal import cut_down, mirror, mirror_folder, small_portal

__all__ = ["cut_down", "mirror", "mirror_folder", "small_portal"]
pytestmark = [
    pytest.mark.usefixtures("small_portal"),
    pytest.mark.skipif(not shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/bin"), reason="nginx is not installed"),
]

MIRRORED = (
    *("/zh/", "/en/news/", "/zh/news/yanshan-university-accredited/", "/zh/news/yanshan-university-accredited/side-by-side/"),
    *("/en/news/jiujiang-working-base-unveiled/", "/zh/news/feed/", "/en/news/feed/atom/", "/zh/bases/?kind=offshore"),
    *(
        "/zh/bases/data/csv/",
        "/en/bases/data/json/",
        "/en/bases/data/geojson/",
        "/robots.txt",
        "/sitemap.xml",
        "/sitemap-1.xml",
    ),
    "/manifest-en.webmanifest",
)
#: What a file could be taken for, and what only the portal decides.
NOT_MIRRORED = (
    *("/zh/search/?q=%E6%B5%B7", "/zh/index.html", "/zh/news/index.rss", "/robots.txt.gz", "/zh//news/", "/_query/zh/bases/"),
    *(
        "/zh/bases/?kind=offshore&kind=x",
        "/zh/news/?utm_source=x",
        "/zh/nowhere/",
        "/en/news/noindex.html",
    ),
    *("/zh/news/index.html.gz", "/zh/news/index.html.br", "/zh/news/feed/index.rss.gz"),
    *(
        "/_query/zh/bases/kind=offshore/index.html.gz",
        "/_query/zh/bases/kind=offshore/index.html",
        "/zh/enquiry/",
        "/zh/news/?page=9",
        "/en/nowhere%2Fa/",
    ),
)
SET_BY_NGINX = {
    "server",
    "date",
    "connection",
    "content-length",
    "etag",
    "last-modified",
    "accept-ranges",
    "vary",
    "content-encoding",
}


class Portal(BaseHTTPRequestHandler):
    """Stands where the application would: says what it was asked, and knows with which headers it was asked last."""

    asked_with = None

    def _answer(self):
        Portal.asked_with = self.headers
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        body = f"{self.command} {self.path}".encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = _answer  # noqa: N815 - the names that the library calls

    def log_message(self, *arguments):
        pass


@pytest.fixture
def port(mirror, tmp_path):
    """The port of a running nginx; the application would answer at nginx/portal.sock."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    Redirect.objects.create(old_path="/zh/old", redirect_link="/zh/about/", is_permanent=True)
    Redirect.objects.create(old_path="/zh/Old", redirect_link="/zh/about/", is_permanent=True)
    update(mirror, Application())
    serve = runpy.run_path(str(settings.BASE_DIR / "deploy" / "serve.py"))
    folder = tmp_path / "nginx"
    folder.mkdir()
    configuration = _with_admin_host(serve["write_nginx"](folder, port, str(mirror.folder)), port)
    process = subprocess.Popen(serve["nginx_command"](configuration))
    try:
        _wait_for(port, process)
        yield port
    finally:
        process.terminate()
        process.wait(10)


def _with_admin_host(configuration: Path, port: int) -> Path:
    """Add the server block of ADMIN_HOST, as deploy/nginx.conf has it."""
    block = (
        f"server {{ listen 127.0.0.1:{port}; server_name desk.example.cn; include {configuration.parent}/nginx-admin.conf; }}"
    )
    http = configuration.read_text().rstrip().removesuffix("}")
    configuration.write_text(f"{http}{block}\n}}\n")
    return configuration


def _wait_for(port: int, process) -> None:
    deadline = time.monotonic() + 20
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            assert process.poll() is None, "nginx did not start"
            assert time.monotonic() < deadline
            time.sleep(0.05)


@pytest.fixture
def portal(port, tmp_path):
    server = ThreadingUnixStreamServer(str(tmp_path / "nginx" / "portal.sock"), Portal)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield
    server.shutdown()
    server.server_close()
    thread.join()


def ask(port: int, path: str, method: str = "GET", body: bytes | None = None, **headers: str):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
    response = connection.getresponse()
    response.content = response.read()
    connection.close()
    return response


def _headers(lines) -> dict[str, str]:
    return {name.lower(): value for name, value in lines if name.lower() not in SET_BY_NGINX}


def test_with_everything_else_down_readers_get_the_mirror_as_the_portal_would_answer(port, mirror):
    application = Application()
    for path in MIRRORED:
        response, answer = ask(port, path), application.answer(path)
        assert (path, response.status, response.content) == (path, 200, answer.body)
        assert _headers(response.getheaders()) == _headers(answer.headers), path
        assert ask(port, path, If_None_Match=response.getheader("ETag")).status == 304
        packed = ask(port, path, Accept_Encoding="gzip")
        if len(answer.body) > 200:
            assert packed.getheader("Content-Encoding") == "gzip", path
            assert packed.getheader("Vary") == "Accept-Encoding"
    head = ask(port, "/zh/", "HEAD")
    assert (head.status, head.content) == (200, b"")
    redirect = ask(port, "/zh/old/")
    assert (redirect.status, redirect.getheader("Location")) == (301, "/zh/about/")
    patience = ask(port, "/zh/search/?q=x")
    assert (patience.status, patience.getheader("Retry-After")) == (503, "60")
    assert "This page is out of order" in patience.content.decode()
    assert "default-src 'none'" in patience.getheader("Content-Security-Policy")
    for languages, place in (("en-GB,zh;q=0.5", "/en/"), ("zh-CN,zh;q=0.9", "/zh/"), ("", "/zh/")):
        front = ask(port, "/", Accept_Language=languages)
        assert (front.status, front.getheader("Location"), front.getheader("Vary")) == (302, place, "Accept-Language")
    short = ask(port, "/zh-hans/news/%0d%0aX: y?page=2".replace(" ", "%20"))
    assert (short.status, short.getheader("Location")) == (301, "/zh/news/%0d%0aX:%20y?page=2")


def test_what_is_no_file_goes_to_the_portal_as_it_was_asked(port, portal, mirror):
    packed = [f"/{path.relative_to(mirror.current)}" for path in (mirror.current / "static").rglob("*.[bg][rz]")]
    assert packed
    for path in (*NOT_MIRRORED, *packed):
        response = ask(port, path)
        assert (response.status, response.content.decode()) == (200, f"GET {path}")
    for path in ("/zh/", "/zh/enquiry/", "/robots.txt"):
        response = ask(port, path, "POST", b"a=b")
        assert (response.status, response.content.decode()) == (200, f"POST {path}")
    assert ask(port, "/", Accept_Language="fr;q=0.5, en;q=0.4").content == b"GET /"


def test_the_host_of_the_admin_serves_no_file_of_the_mirror(port, portal):
    own_host = {"Host": "desk.example.cn"}
    for path in (*MIRRORED, "/", "/static/css/base.css", "/.well-known/mirror/base", "/admin/pages/1/edit/?next=x"):
        response = ask(port, path, **own_host)
        assert (response.status, response.content.decode()) == (200, f"GET {path}")
    upload = ask(port, "/admin/images/multiple/add/", "POST", b"x" * 70_000, **own_host)
    assert (upload.status, upload.content) == (200, b"POST /admin/images/multiple/add/")
    assert ask(port, "/zh/.git/config", **own_host).status == 404
    assert ask(port, "/media/documents/x.pdf", **own_host).status == 404


def test_while_the_portal_is_down_the_host_of_the_admin_asks_for_patience(port):
    response = ask(port, "/admin/", Host="desk.example.cn")
    assert (response.status, response.getheader("Cache-Control")) == (502, "no-store")
    assert "try again in a while" in response.content.decode()


def test_a_watcher_with_the_public_key_finds_what_was_altered_behind_the_portals_back(port, mirror):
    key, address = public_text(signing_key()), f"http://127.0.0.1:{port}"
    found = verify_served(address, key)
    assert found.faults == []
    assert found.files > 100
    page = mirror.current / "zh/news/index.html"
    page.write_bytes(page.read_bytes().replace(b"</body>", b"<a href='https://spam.example'>spam</a></body>"))
    (mirror.current / "zh/news/feed/index.rss.br").unlink()
    assert verify_served(address, key).faults[0] == "altered: zh/news/index.html"


def test_while_the_mirror_is_withdrawn_the_portal_answers_everything(port, portal, mirror):
    mirror.withdraw()
    for path in MIRRORED:
        assert ask(port, path).content.decode() == f"GET {path}"


def test_nginx_refuses_what_is_too_large_and_believes_no_header_that_passes_for_another(port, portal):
    assert ask(port, "/zh/search/?q=" + "x" * 9_000).status == 414
    assert ask(port, "/zh/search/?q=x", Cookie="a" * 9_000).status == 400
    assert ask(port, "/zh/enquiry/", "POST", b"x" * 70_000).status == 413
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request(
        "GET", "/zh/search/?q=x", headers={"X_Forwarded_For": "198.51.100.7", "X-Forwarded-Host": "evil.example"}
    )
    assert connection.getresponse().status == 200
    connection.close()
    assert Portal.asked_with["X-Forwarded-For"] == "127.0.0.1"
    assert Portal.asked_with["X-Asked-Address"] == "/zh/search/?q=x"
    assert "X_Forwarded_For" not in Portal.asked_with
    assert "evil.example" not in str(Portal.asked_with)


LINE_BREAKS = ["/zh/x%0aforged", "/zh/x%0d%0aforged", "/zh/x%1b%5b2K", "/zh/x\x85forged", "/zh/x%e2%80%a8forged"]


def test_the_access_log_names_the_path_as_it_was_asked(port, portal, tmp_path):
    for path in LINE_BREAKS:
        with socket.create_connection(("127.0.0.1", port), 20) as connection:
            connection.sendall(
                f"GET {path}?q=sought HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode("latin-1")
            )
            assert connection.recv(20).startswith(b"HTTP/1.1 ")
    lines = _logged(tmp_path / "nginx", "access.log", len(LINE_BREAKS))
    assert len(lines) == len(LINE_BREAKS)
    for line in lines:
        assert line.isprintable()
        assert "GET /zh/x" in line
        assert "forged" in line or "2K" in line
        assert "sought" not in line
        assert "127.0.0.1" not in line


SIDE_BY_SIDE = "/zh/news/yanshan-university-accredited/side-by-side/"
BROWSER = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0.0.0 "Safari"/537.36'


def test_what_the_mirror_answered_is_noted_without_who_read_it_and_counted(port, portal, tmp_path, monkeypatch):
    etag = ask(port, "/zh/", "HEAD").getheader("ETag")
    for path in ("/zh/", "/en/news/?utm_source=x", "/zh/bases/?kind=offshore", "/zh/nowhere/", "/robots.txt", "/zh/news/feed/"):
        ask(port, path, User_Agent=BROWSER)
    ask(port, "/zh/", User_Agent=BROWSER, If_None_Match=etag)
    for path in (SIDE_BY_SIDE, "/en/news/home-forum-2023/", "/en/news/jiujiang-working-base-unveiled/"):
        ask(port, path, User_Agent=BROWSER)
    ask(port, "/zh/", User_Agent=BROWSER, Sec_Purpose="prefetch")
    ask(port, "/zh/", User_Agent=BROWSER, Cookie="__Host-session=x")
    entries = [json.loads(line) for line in _logged(tmp_path / "nginx", "portal-views.log", 5)]
    assert sorted(entry["file"] for entry in entries) == [
        "/_query/zh/bases//kind=offshore/index.html",
        "/en/news/home-forum-2023/index.html",
        *["/zh/index.html"] * 2,
        f"{SIDE_BY_SIDE}noindex.html",
    ]
    assert {entry["agent"] for entry in entries} == {BROWSER}
    assert {frozenset(entry) for entry in entries} == {frozenset({"hour", "file", "agent"})}
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:00[+-]\d\d:\d\d", entry["hour"]) for entry in entries)

    monkeypatch.setattr(count_views, "SETTLED_SECONDS", -1)
    for _time in range(2):  # sets aside, and counts
        call_command("count_views", tmp_path / "nginx" / "portal-views.log", pid=tmp_path / "nginx" / "nginx.pid", verbosity=0)
    counted = {(views.path, views.language): views.count for views in DailyViews.objects.all()}
    assert counted == {
        ("", "zh-hans"): 2,
        ("bases/", "zh-hans"): 1,
        (SIDE_BY_SIDE.removeprefix("/zh/"), "zh-hans"): 1,
        ("news/home-forum-2023/", "en"): 1,
    }
    assert _logged(tmp_path / "nginx", "portal-views.log", 0) == []


def _logged(folder, name: str, number: int) -> list[str]:
    """Return the lines of a log once it has `number`; nginx is told to write what it holds back."""
    os.kill(int((folder / "nginx.pid").read_text()), signal.SIGUSR1)
    deadline = time.monotonic() + 20
    while len(lines := (folder / name).read_text().splitlines()) < number:
        assert time.monotonic() < deadline, lines
        time.sleep(0.02)
    return lines
