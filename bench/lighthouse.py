"""Lighthouse on home, directory and article in both languages, with its own phone: prints the four scores of each.

Starts the portal in its production shape on a database of its own below var/. Needs Chromium, Node and npm.
"""

import json
import os
import secrets
import shutil
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var" / "lighthouse"
LIGHTHOUSE = "lighthouse@13.5.0"
PORT = 26263
ADDRESS = f"http://127.0.0.1:{PORT}"
PAGES = ("", "bases/", "news/yanshan-university-accredited/")
GROUPS = ("performance", "accessibility", "best-practices", "seo")
START_SECONDS = 60
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-background-networking --disable-component-update"


def environment() -> dict[str, str]:
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "portal.settings.production",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "AUDIT_KEY": secrets.token_urlsafe(50),
        "ALLOWED_HOSTS": "127.0.0.1",
        "BASE_URL": ADDRESS,
        "SECURITY_CONTACT": "security@home.example.org",
        "DATABASE_URL": f"sqlite:///{VAR / 'portal.sqlite3'}",
        "SECURE_SSL_REDIRECT": "false",
        "BIND": f"127.0.0.1:{PORT}",
    }


def manage(*arguments: str) -> None:
    subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=ROOT, env=environment(), check=True, stdout=subprocess.DEVNULL
    )


def serve() -> subprocess.Popen:
    VAR.mkdir(parents=True, exist_ok=True)
    for command in (("migrate",), ("load_starter_content",), ("collectstatic", "--noinput")):
        manage(*command)
    command = [sys.executable, "-m", "portal.server"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment())
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(ADDRESS + "/healthz", timeout=2):  # noqa: S310 - our own server's address
                return process
        except OSError:
            time.sleep(0.2)
    process.terminate()
    sys.exit("the portal did not answer in time")


def scores(path: str) -> dict:
    report = VAR / "report.json"
    command = ["npx", "--yes", LIGHTHOUSE, ADDRESS + path, "--output=json", f"--output-path={report}", "--quiet"]
    command += [f"--chrome-flags={FLAGS}", f"--only-categories={','.join(GROUPS)}"]
    subprocess.run(command, env=os.environ | {"CHROME_PATH": CHROMIUM}, check=True)
    return json.loads(report.read_text())


def main() -> None:
    if not CHROMIUM or not shutil.which("npx"):
        sys.exit("Lighthouse needs Chromium, Node and npm (Debian: apt-get install chromium npm).")
    server = serve()
    try:
        print(f"{'page':<42} {'perf':>5} {'a11y':>5} {'best':>5} {'seo':>5} {'LCP s':>7} {'CLS':>6}")
        for language in ("zh", "en"):
            for route in PAGES:
                path = f"/{language}/{route}"
                report = scores(path)
                points = [round(report["categories"][group]["score"] * 100) for group in GROUPS]
                largest = report["audits"]["largest-contentful-paint"]["numericValue"] / 1000
                shift = report["audits"]["cumulative-layout-shift"]["numericValue"]
                print(f"{path:<42} {points[0]:>5} {points[1]:>5} {points[2]:>5} {points[3]:>5} {largest:>7.2f} {shift:>6.3f}")
                failed = [a for a in report["audits"].values() if a.get("score") is not None and a["score"] < 0.9]
                for audit in failed:
                    print(f"    {audit['score']}: {audit['id']}: {audit.get('displayValue', '')}")
    finally:
        server.terminate()
        server.wait(10)


if __name__ == "__main__":
    main()
