"""The servers that are compared: each returns what the bench starts, on a port of its own."""

import gzip
import shutil
import sys
from pathlib import Path

from bench.delivery import peer
from bench.delivery.ground import PAGES, ROOT, VAR, environment
from bench.delivery.servers import Server, fetch

PORT = 8130
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
UNCACHED, CACHED, SITE_CACHE, BARE = (
    "portal, uncached",
    "portal, page cache",
    "portal, Django's site cache",
    "granian, bare answer",
)
FILES, MIRROR, PLAIN, PLAIN_CACHED = "nginx, the same files", "portal, mirror", "plain Wagtail", "plain Wagtail, site cache"


def granian(application: str, port: int, *options: str) -> list[str]:
    """Return the command that serves a WSGI application with one process and one thread, so that costs compare."""
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    return [*command, "--workers", "1", "--blocking-threads", "1", "--log-level", "warning", *options, application]


def plain(name: str, port: int, settings: str) -> Server:
    options = ("--static-path-mount", str(peer.FOLDER / "static"))
    command = granian("plain.wsgi:application", port, *options)
    return Server(name, command, port, peer.PAGES, peer.FOLDER, peer.environment(settings))


def portal(name: str, port: int, **more: str) -> Server:
    env = environment(f"http://127.0.0.1:{port}", **more)
    return Server(name, granian("portal.wsgi:application", port), port, PAGES, ROOT, env)


def bare(port: int, bodies: dict[str, bytes]) -> Server:
    """Return the server that gives out `bodies`, by path, as they are."""
    write(VAR / "bodies", bodies, "")
    return Server(BARE, granian("bench.delivery.bare:application", port), port, PAGES, ROOT, {"BODIES": str(VAR / "bodies")})


def files(port: int, bodies: dict[str, bytes]) -> Server:
    """Return nginx with the same pages as files, compressed before."""
    write(VAR / "files", {path: gzip.compress(body, 9) for path, body in bodies.items()}, ".gz")
    write(VAR / "files", bodies, "")
    config = VAR / "nginx.conf"
    config.write_text((Path(__file__).parent / "nginx.conf").read_text().format(folder=VAR, port=port))
    return Server(FILES, [NGINX, "-c", str(config), "-p", str(VAR)], port, PAGES, ROOT)


def mirror(port: int) -> Server:
    """Return the production shape on one machine: nginx with the mirror first."""
    env = environment(f"http://127.0.0.1:{port}", PORT=str(port))
    return Server(MIRROR, [sys.executable, "deploy/serve.py"], port, PAGES, ROOT, env)


def write(folder: Path, bodies: dict[str, bytes], ending: str) -> None:
    for path, body in bodies.items():
        target = folder / path.strip("/") / f"index.html{ending}"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(body)


def all_modes() -> list[Server]:
    """Return the servers, started: those that need what another one answers after it."""
    uncached = portal(UNCACHED, PORT, PAGE_CACHE_MB="0")
    uncached.start()
    bodies = {path: fetch(uncached.address + path, "identity") for path in PAGES.values()}
    others = [
        portal(CACHED, PORT + 1),
        portal(SITE_CACHE, PORT + 2, PAGE_CACHE_MB="0", DJANGO_SETTINGS_MODULE="bench.delivery.site_cache"),
        bare(PORT + 3, {path: gzip.compress(body, 9) for path, body in bodies.items()}),
        plain(PLAIN, PORT + 5, "plain.settings.bench"),
        plain(PLAIN_CACHED, PORT + 6, "plain.settings.cached"),
    ]
    if NGINX:
        others.append(files(PORT + 4, bodies))
        if (ROOT / "deploy" / "serve.py").exists():
            others.append(mirror(PORT + 7))
    for server in others:
        server.start()
    return [uncached, *others]
