"""A WordPress of Debian's packages with the same articles, behind nginx and PHP-FPM, on a MariaDB of its own.

It is as installed: in Chinese, without plugins, in the default theme (the older Twenty Twenty-One takes half the processor time
and three times the bytes of a first view). A static front page shows six articles, the page of posts twelve. Everything lies
below var/bench/wordpress/; it takes over nothing from the machine's own WordPress or MariaDB.
"""

import contextlib
import getpass
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from bench.delivery import peer
from bench.delivery.ground import ROOT, VAR
from bench.delivery.servers import Server, fetch

FOLDER, PARTS, INSTALLED = VAR / "wordpress", Path(__file__).parent, Path("/usr/share/wordpress")
SITE, DATABASE = FOLDER / "site", FOLDER / "database"
PORT, CACHED_PORT = 8138, 8139
UNCACHED, CACHED = "WordPress", "WordPress, fastcgi cache"
STOP_SECONDS = 30
#: What each package is known by.
PACKAGES = {
    "wordpress": "usr/share/wordpress/wp-load.php",
    "wordpress-l10n": "usr/share/wordpress/wp-content/languages/zh_CN.mo",
    "wordpress-theme-twentytwentythree": "usr/share/wordpress/wp-content/themes/*/style.css",
    "php-fpm": "usr/sbin/php-fpm*",
    "php-cli": "usr/bin/php",
    "php-mysql": "usr/lib/php/*/mysqli.so",
    "mariadb-server": "usr/sbin/mariadbd",
    "nginx": "usr/sbin/nginx",
}


def missing_packages() -> list[str]:
    """Return the Debian packages that are to be installed first."""
    return [package for package, pattern in PACKAGES.items() if not any(Path("/").glob(pattern))]


def build(articles: int) -> None:
    """Make the site with the articles of the plain peer, unless it is there."""
    mark = FOLDER / f"filled-{articles}"
    if mark.exists():
        return
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    shutil.copytree(INSTALLED, SITE, ignore=_left_out, ignore_dangling_symlinks=True)
    shutil.copy(PARTS / "wp-config.php", SITE)
    values = {"folder": FOLDER, "site": SITE, "user": getpass.getuser(), "port": PORT, "cached_port": CACHED_PORT}
    for name in ("nginx.conf", "php-fpm.conf"):
        (FOLDER / name).write_text((PARTS / name).read_text().format(**values))
    with (FOLDER / "install.log").open("wb") as log:
        subprocess.run(_install_database(), check=True, stdout=log, stderr=log)
        with running(commands()[:1], log):
            install = ["php", str(PARTS / "install.php"), str(SITE), str(peer.FOLDER / "articles.json")]
            subprocess.run(install, check=True, env=os.environ | {"HTTP_HOST": f"127.0.0.1:{PORT}"}, stdout=log, stderr=log)
    mark.touch()


def _left_out(folder: str, names: list[str]) -> list[str]:
    """Return the configuration of the machine's own WordPress, and the languages that the site is not in."""
    if Path(folder) == INSTALLED:
        return [".htaccess", "wp-config.php"]
    return [name for name in names if "zh_CN" not in name] if Path(folder).name == "languages" else []


def _install_database() -> list[str]:
    options = [f"--datadir={DATABASE}", f"--user={getpass.getuser()}", "--auth-root-authentication-method=normal"]
    return ["mariadb-install-db", "--no-defaults", *options, "--skip-test-db"]


def commands() -> list[list[str]]:
    """Return the commands of the servers, those that the others ask first."""
    php = max(map(str, Path("/usr/sbin").glob("php-fpm*")))
    as_root = ["--allow-to-run-as-root"] if os.geteuid() == 0 else []
    mariadb = ["--no-defaults", f"--datadir={DATABASE}", f"--socket={FOLDER}/mariadb.sock", f"--pid-file={FOLDER}/mariadb.pid"]
    return [
        ["/usr/sbin/mariadbd", *mariadb, "--skip-networking", f"--user={getpass.getuser()}"],
        [php, "--nodaemonize", "--fpm-config", str(FOLDER / "php-fpm.conf"), *as_root],
        ["/usr/sbin/nginx", "-e", "stderr", "-p", str(FOLDER), "-c", str(FOLDER / "nginx.conf")],
    ]


@contextlib.contextmanager
def running(started: list[list[str]], log=None) -> Iterator[None]:
    """Run commands until the block ends, and stop them in the order opposite to that in which they started."""
    with contextlib.ExitStack() as stack:
        for command in started:
            stack.callback(_stop, subprocess.Popen(command, stdout=log, stderr=log))
        yield


def _stop(process: subprocess.Popen) -> None:
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()


def modes() -> Iterator[Server]:
    """Start the site and yield it without and with nginx's cache: one tree of processes, of which one at a time is asked."""
    shutil.rmtree(FOLDER / "cache", ignore_errors=True)
    command = [sys.executable, "-m", "bench.delivery.wordpress"]
    uncached = Server(UNCACHED, command, PORT, peer.PAGES, ROOT, answering="php-fpm: pool").start()
    yield uncached
    cached = replace(uncached, name=CACHED, port=CACHED_PORT)
    for path in cached.pages.values():
        fetch(cached.address + path)
    yield cached
