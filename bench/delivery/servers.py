"""Servers on the loopback, and what they spend."""

import contextlib
import gzip
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

START_SECONDS, STOP_SECONDS = 1200, 45  # the production shape writes its mirror first, and stops in order
REST_SECONDS, LOOK_SECONDS, QUIET_LOOKS = 20, 0.02, 3


@dataclass
class Server:
    """A server that the bench starts: `pages` are its addresses by kind of page, `answering` stands in the command of those of
    its processes whose memory counts."""

    name: str
    command: list[str]
    port: int
    pages: dict[str, str]
    cwd: Path
    env: dict[str, str] = field(default_factory=dict)
    answering: str = ""
    process: subprocess.Popen | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> "Server":
        """Start the server and return it once it answers."""
        log = (self.cwd / "var" / "bench" / f"{self.port}.log") if (self.cwd / "var" / "bench").exists() else Path(os.devnull)
        with log.open("wb") as output:
            self.process = subprocess.Popen(
                self.command, cwd=self.cwd, env=os.environ | self.env, stdout=output, stderr=output, start_new_session=True
            )
        try:
            self._await_answers(log)
        except BaseException:
            self.stop()
            raise
        return self

    def _await_answers(self, log: Path) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                for path in self.pages.values():
                    fetch(self.address + path)
                return
            except urllib.error.HTTPError as refusal:
                if refusal.code < 500:  # one that is still starting says 503
                    sys.exit(f"{self.name} answers {refusal.url} with {refusal.code}")
                time.sleep(0.2)
            except OSError:
                time.sleep(0.2)
        sys.exit(f"{self.name} did not answer in time; see {log}")

    def stop(self) -> None:
        """End the server, also what a part of it that broke down has left."""
        if self.process is None:
            return
        if self.process.poll() is None:
            self.process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(STOP_SECONDS)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)

    def spent(self) -> float:
        """Return the processor time of the server's processes in seconds, also of those and of the threads that have ended."""
        return sum(map(_spent, self._tree()))

    def rest(self) -> None:
        """Wait until the server has done what readers who have gone asked for: it would count in the next run."""
        deadline, quiet = time.monotonic() + REST_SECONDS, 0
        while quiet < QUIET_LOOKS and time.monotonic() < deadline:
            time.sleep(LOOK_SECONDS)
            quiet = 0 if any(map(_is_running, self._tree())) else quiet + 1

    def memory(self) -> float:
        """Return the largest proportional set of one of the processes that answer, in MB."""
        answering = [pid for pid in self._tree() if self.answering in _text(Path(f"/proc/{pid}/cmdline"))]
        return max(map(_proportional_set, answering))

    def ask(self, path: str) -> None:
        """Ask for `path`, and in the production shape the application behind nginx, whatever the answer."""
        mark = "&" if "?" in path else "?"
        with contextlib.suppress(urllib.error.HTTPError):
            fetch(self.address + path + (f"{mark}utm_source=bench" if self.answering else ""))

    def _tree(self) -> list[int]:
        found = [self.process.pid]
        for pid in found:
            for children in Path(f"/proc/{pid}/task").glob("*/children"):
                found += map(int, _text(children).split())
        return found


def answer(url: str, encoding: str = "br, gzip") -> tuple[list[tuple[str, str]], bytes]:
    """Return the headers and the body at `url` as they are sent."""
    request = urllib.request.Request(url, headers={"Accept-Encoding": encoding})  # noqa: S310 - our own servers
    with urllib.request.urlopen(request, timeout=20) as response:  # noqa: S310
        return response.headers.items(), response.read()


def fetch(url: str, encoding: str = "br, gzip") -> bytes:
    """Return the body at `url` as it is sent; for "identity" as it is read, whatever the server makes of that."""
    headers, body = answer(url, encoding)
    packed = "gzip" in (value for name, value in headers if name.lower() == "content-encoding")
    return gzip.decompress(body) if encoding == "identity" and packed else body


def _text(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:  # the process has ended
        return ""


def _after_name(stat: Path) -> list[str]:
    return _text(stat).rpartition(")")[2].split()


def _spent(pid: int) -> float:
    """Return the seconds that a process and its children that have ended were on a processor."""
    return sum(map(int, _after_name(Path(f"/proc/{pid}/stat"))[11:15])) / os.sysconf("SC_CLK_TCK")


def _is_running(pid: int) -> bool:
    """Return whether a thread of the process is on a processor or waits for one."""
    return any(_after_name(stat)[:1] == ["R"] for stat in Path(f"/proc/{pid}/task").glob("*/stat"))


def _proportional_set(pid: int) -> float:
    lines = _text(Path(f"/proc/{pid}/smaps_rollup")).splitlines()
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0.0)
