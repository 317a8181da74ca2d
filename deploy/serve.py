"""The production shape on one machine, without root: nginx, two processes of the application, the follower of the mirror, and
each minute the count of what nginx answered.

    python deploy/serve.py          # or make serve; PORT=8000, DATABASE_URL, CACHE_URL

Everything lies below var/serve/ (SERVE_DIR). One signal (Ctrl-C) stops all; what ends by itself is started again.
"""

import contextlib
import os
import secrets
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from threading import Event

ROOT = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("SERVE_DIR") or ROOT / "var" / "serve").absolute()
PORT = int(os.environ.get("PORT") or 8000)
WORKERS = 2
STOP_SECONDS, LOOK_SECONDS, AGAIN_SECONDS, COUNT_SECONDS = 40, 0.5, 2, 60
SOCKET = VAR / "portal.sock"
LONGEST_SOCKET = 107  # bytes of a path, as Linux takes it
VIEWS = VAR / "portal-views.log"
COUNT_VIEWS = [sys.executable, "manage.py", "count_views", str(VIEWS), "--pid", str(VAR / "nginx.pid"), "--verbosity", "0"]
BROTLI = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")

NGINX_CONF = """daemon off;
{user}
worker_processes {workers};
pid {folder}/nginx.pid;
pcre_jit on;
error_log stderr warn;
{module}
events {{
    worker_connections 1024;
}}
http {{
    client_body_temp_path {folder}/nginx-body;
    proxy_temp_path {folder}/nginx-proxy;
    fastcgi_temp_path {folder}/nginx-fastcgi;
    uwsgi_temp_path {folder}/nginx-uwsgi;
    scgi_temp_path {folder}/nginx-scgi;
    include {folder}/nginx-http.conf;
    {brotli}
    server {{
        listen 127.0.0.1:{port};
        include {folder}/nginx-portal.conf;
    }}
}}
"""


def environment() -> dict[str, str]:
    """Return the variables of production; secrets that are not given are made once and kept."""
    return (
        {
            "DJANGO_SETTINGS_MODULE": "portal.settings.production",
            "SECRET_KEY": _kept("secret-key"),
            "AUDIT_KEY": _kept("audit-key"),
            "ALLOWED_HOSTS": "127.0.0.1,localhost",
            "BASE_URL": f"http://127.0.0.1:{PORT}",
            "SECURITY_CONTACT": "security@home.example.org",
            "SECURE_SSL_REDIRECT": "false",
            "MIRROR_DIR": str(VAR / "mirror"),
            "WEB_CONCURRENCY": str(WORKERS),
        }
        | {name: value for name, value in os.environ.items() if value}
        | {
            "DATABASE_URL": os.environ.get("DATABASE_URL") or f"sqlite:///{VAR / 'portal.sqlite3'}",
            "BIND": f"unix:{SOCKET}",
        }
    )


def _kept(name: str) -> str:
    file = VAR / name
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(50))
    return file.read_text()


def write_nginx(folder: Path, port: int, mirror: str) -> Path:
    """Write nginx's settings as deploy/ has them, for `folder`, `port` and `mirror`, and return the file to start it with.

    The application is to answer at `folder`/portal.sock.
    """
    placed_here = {
        "/srv/portal/var/mirror": mirror,
        "/srv/portal/deploy": str(folder),
        "/srv/portal": str(ROOT),
        "/var/log/nginx": str(folder),
        "unix:/run/portal/portal.sock": f"unix:{folder}/portal.sock",
        "proxy_set_header Host $host;": "proxy_set_header Host $http_host;",
    }
    for source in (*(ROOT / "deploy").glob("nginx-*.conf"), ROOT / "deploy" / "refused.html"):
        text = source.read_text()
        for placed, here in placed_here.items():
            text = text.replace(placed, here)
        (folder / source.name).write_text(text)
    module, rule = (f"load_module {BROTLI};", "brotli_static on;") if BROTLI.exists() else ("", "")
    user = "user root;" if os.geteuid() == 0 else ""  # nobody else may read what lies in a folder of root's
    file = folder / "nginx.conf"
    text = NGINX_CONF.format(user=user, folder=folder, port=port, workers=WORKERS, module=module, brotli=rule)
    file.write_text(text)
    return file


def prepare(variables: dict[str, str]) -> None:
    for command in (("set_up_portal",), ("collectstatic", "--noinput", "--verbosity", "0"), ("mirror",)):
        subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=variables, check=True)


def nginx_command(file: Path) -> list[str]:
    return [NGINX, "-e", "stderr", "-p", str(file.parent), "-c", str(file)]


def commands(nginx: Path) -> dict[str, list[str]]:
    return {
        "application": [sys.executable, "-m", "portal.server"],
        "follower": [sys.executable, "manage.py", "mirror", "--follow"],
        "nginx": nginx_command(nginx),
    }


def run(variables: dict[str, str], started: dict[str, list[str]], stopped: Event) -> None:
    """Keep the processes `started` running until `stopped`, and count each minute; then end them all."""
    processes = {name: _start(command, variables) for name, command in started.items()}
    counting, due = None, time.monotonic() + COUNT_SECONDS
    redirects = Path(variables["MIRROR_DIR"]) / "nginx" / "redirects.conf"
    known = redirects.stat().st_mtime_ns
    while not stopped.wait(LOOK_SECONDS):
        for name, process in processes.items():
            if process.poll() is not None:
                print(f"{name} ended with {process.returncode} and is started again.", file=sys.stderr)
                stopped.wait(AGAIN_SECONDS)
                processes[name] = _start(started[name], variables)
        if time.monotonic() > due and _has_views() and (counting is None or counting.poll() is not None):
            counting, due = _start(COUNT_VIEWS, variables), time.monotonic() + COUNT_SECONDS
        if (written := redirects.stat().st_mtime_ns) != known:
            processes["nginx"].send_signal(signal.SIGHUP)
            known = written
    for name, process in processes.items():
        process.send_signal(signal.SIGQUIT if name == "nginx" else signal.SIGTERM)
    deadline = time.monotonic() + STOP_SECONDS
    for process in (*processes.values(), *filter(None, [counting])):
        try:
            process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()


def _has_views() -> bool:
    """Return whether nginx has noted views that are not counted yet."""
    return any(file.stat().st_size for file in VAR.glob(f"{VIEWS.name}*"))


def _start(command: list[str], variables: dict[str, str]) -> subprocess.Popen:
    """Start `command` in a session of its own: Ctrl-C reaches this process alone, which ends the others in order."""
    return subprocess.Popen(command, cwd=ROOT, env=variables, start_new_session=True)


def main() -> None:
    if not NGINX:
        sys.exit("make serve needs nginx (Debian: apt-get install nginx libnginx-mod-http-brotli-static).")
    if len(os.fsencode(SOCKET)) > LONGEST_SOCKET:
        sys.exit(f"The path of {SOCKET} is too long for a socket: name a shorter folder as SERVE_DIR.")
    VAR.mkdir(parents=True, exist_ok=True)
    variables, stopped = environment(), Event()
    prepare(variables)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_signal: stopped.set())
    print(f"The portal is at {variables['BASE_URL']}/ (Ctrl-C stops it).", flush=True)
    run(variables, commands(write_nginx(VAR, PORT, variables["MIRROR_DIR"])), stopped)


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        main()
