"""The servers that are compared: each returns what the bench starts, on a port of its own."""

import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from bench.delivery import peer
from bench.delivery.ground import PAGES, ROOT, VAR, environment
from bench.delivery.servers import Server, answer
from portal.server import THREADS

PORT = 8130
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
SET_BY_GRANIAN = {"connection", "date", "server"}
BROTLI = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")
UNCACHED, CACHED, SITE_CACHE, BARE = (
    "portal, uncached",
    "portal, page cache",
    "portal, Django's site cache",
    "granian, bare answer",
)
FILES, MIRROR, PLAIN, PLAIN_CACHED = "nginx, the same files", "portal, mirror", "plain Wagtail", "plain Wagtail, site cache"


def granian(application: str, port: int, *options: str) -> list[str]:
    """Return the command that serves a WSGI application with one process and as many threads as the portal's, so that costs
    compare."""
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    command += ["--http", "1", "--workers", "1", "--blocking-threads", str(THREADS), "--log-level", "warning"]
    return [*command, *options, application]


def plain(name: str, port: int, settings: str) -> Server:
    options = ("--static-path-mount", str(peer.FOLDER / "static"))
    command = granian("plain.wsgi:application", port, *options)
    return Server(name, command, port, peer.PAGES, peer.FOLDER, peer.environment(settings))


def portal(name: str, port: int, **more: str) -> Server:
    env = environment(f"http://127.0.0.1:{port}", BIND=f"127.0.0.1:{port}", WEB_CONCURRENCY="1", **more)
    return Server(name, [sys.executable, "-m", "portal.server"], port, PAGES, ROOT, env)


def bare(port: int, cached: Server) -> Server:
    """Return the server that gives out what `cached` answers to a browser, bytes and headers alike, and does nothing else."""
    found = {path: answer(cached.address + path) for path in PAGES.values()}
    own = {
        path: ([(name, value) for name, value in headers if name.lower() not in SET_BY_GRANIAN], body.decode("latin-1"))
        for path, (headers, body) in found.items()
    }
    file = VAR / "answers.json"
    file.write_text(json.dumps(own))
    return Server(BARE, granian("bench.delivery.bare:application", port), port, PAGES, ROOT, {"ANSWERS": str(file)})


def files(port: int, mirrored: Server) -> Server:
    """Return nginx with the files of a mirror that is served and their headers, and nothing else: it sends the same bytes."""
    config = VAR / "nginx.conf"
    brotli = (f"load_module {BROTLI};", "brotli_static on;") if BROTLI.exists() else ("", "")
    text = (Path(__file__).parent / "nginx.conf").read_text()
    folder = Path(mirrored.env["SERVE_DIR"]) / "mirror"
    config.write_text(text.format(folder=VAR, port=port, mirror=folder, module=brotli[0], brotli=brotli[1]))
    return Server(FILES, [NGINX, "-c", str(config), "-p", str(VAR)], port, PAGES, ROOT)


def mirror(port: int) -> Server:
    """Return the production shape on one machine: nginx with the mirror first."""
    env = environment(f"http://127.0.0.1:{port}", PORT=str(port), SERVE_DIR=str(VAR / "serve"))
    return Server(MIRROR, [sys.executable, "deploy/serve.py"], port, PAGES, ROOT, env, answering="portal.server")


def all_modes() -> Iterator[Server]:
    """Start the servers one after the other and yield each: those that need what another one answers after it."""
    yield portal(UNCACHED, PORT, PAGE_CACHE_MB="0").start()
    cached = portal(CACHED, PORT + 1)
    yield cached.start()
    yield portal(SITE_CACHE, PORT + 2, PAGE_CACHE_MB="0", DJANGO_SETTINGS_MODULE="bench.delivery.site_cache").start()
    yield bare(PORT + 3, cached).start()
    yield plain(PLAIN, PORT + 5, "plain.settings.bench").start()
    yield plain(PLAIN_CACHED, PORT + 6, "plain.settings.cached").start()
    if NGINX:
        mirrored = mirror(PORT + 7)
        yield mirrored.start()
        yield files(PORT + 4, mirrored).start()
