"""The databases of the bench: one for each size, filled once and kept below var/ (on PostgreSQL: beside the named one)."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VAR = ROOT / "var"
NEWS_PER_BASE = 25


def run(url: str, *arguments: str) -> str:
    """Run a command of the portal on the database at `url`, and return what it prints."""
    settings = os.environ.get("DJANGO_SETTINGS_MODULE", "portal.settings.dev")
    environment = os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": settings, "SECOND_FACTOR": "false"}
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout


def database(size: int) -> str:
    """Return the address of the database with `size` items of news, filled when it is asked for the first time."""
    kind = _Postgres if os.environ.get("DATABASE_URL", "").startswith("postgres") else _SQLite
    if not kind.exists(str(size)):
        if not kind.exists("starter"):
            _fill(kind, "starter", None, ["migrate", "-v0"], ["load_starter_content", "-v0"], ["set_up_roles", "-v0"])
        began = time.perf_counter()
        numbers = ["--news", str(size), "--bases", str(size // NEWS_PER_BASE)]
        _fill(kind, str(size), "starter", ["generate_content", *numbers])
        print(f"{size:,} items made in {time.perf_counter() - began:.0f} s", file=sys.stderr)
    run(kind.url(str(size)), "manage.py", "migrate", "-v0")
    return kind.url(str(size))


def _fill(kind, name: str, model: str | None, *commands: list[str]) -> None:
    """Make the database `name` from a copy of `model`, if any, by `commands`; one that is half filled is never in its place."""
    kind.begin(model)
    for command in commands:
        run(kind.url("unfinished"), "manage.py", *command)
    kind.finish(name)


class _SQLite:
    @staticmethod
    def path(name: str) -> Path:
        return VAR / f"growth-{name}.sqlite3"

    @classmethod
    def url(cls, name: str) -> str:
        return f"sqlite:///{cls.path(name)}"

    @classmethod
    def exists(cls, name: str) -> bool:
        return cls.path(name).exists()

    @classmethod
    def begin(cls, model: str | None) -> None:
        VAR.mkdir(exist_ok=True)
        for path in VAR.glob("growth-unfinished.sqlite3*"):
            path.unlink()
        if model:
            shutil.copy(cls.path(model), cls.path("unfinished"))

    @classmethod
    def finish(cls, name: str) -> None:
        cls.path("unfinished").rename(cls.path(name))


class _Postgres:
    @staticmethod
    def url(name: str) -> str:
        return f"{os.environ['DATABASE_URL']}_{name}"

    @classmethod
    def name(cls, name: str) -> str:
        return cls.url(name).rpartition("/")[2]

    @classmethod
    def exists(cls, name: str) -> bool:
        asked = ["psql", "-XAtd", cls.name(name), "-c", "SELECT 1"]
        return subprocess.run(asked, capture_output=True).returncode == 0

    @classmethod
    def begin(cls, model: str | None) -> None:
        subprocess.run(["dropdb", "--if-exists", cls.name("unfinished")], check=True, stderr=subprocess.DEVNULL)
        subprocess.run(["createdb", *(["-T", cls.name(model)] if model else []), cls.name("unfinished")], check=True)

    @classmethod
    def finish(cls, name: str) -> None:
        for statement, where in (
            ("VACUUM ANALYZE", cls.name("unfinished")),  # as autovacuum does
            (f'ALTER DATABASE "{cls.name("unfinished")}" RENAME TO "{cls.name(name)}"', "postgres"),
        ):
            subprocess.run(["psql", "-Xqd", where, "-c", statement], check=True)
