"""Servers on the loopback, and what they spend."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

START_SECONDS, STOP_SECONDS = 600, 15  # the production shape writes its mirror first


@dataclass
class Server:
    """A server that the bench starts: `pages` are its addresses by kind of page, `goal` names what it is compared with."""

    name: str
    command: list[str]
    port: int
    pages: dict[str, str]
    cwd: Path
    env: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        log = (self.cwd / "var" / "bench" / f"{self.port}.log") if (self.cwd / "var" / "bench").exists() else Path(os.devnull)
        with log.open("wb") as output:
            self.process = subprocess.Popen(
                self.command, cwd=self.cwd, env=os.environ | self.env, stdout=output, stderr=output, start_new_session=True
            )
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                for path in self.pages.values():
                    fetch(self.address + path)
                return
            except OSError:
                time.sleep(0.2)
        self.stop()
        sys.exit(f"{self.name} did not answer in time; see {log}")

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)

    def spent(self) -> float:
        """Return the processor time of the server's processes in seconds, as the scheduler accounts for each thread."""
        return sum(_thread(path) for pid in self._tree() for path in Path(f"/proc/{pid}/task").glob("*/schedstat"))

    def memory(self) -> float:
        """Return the largest proportional set of one of the processes, in MB."""
        return max(_proportional_set(pid) for pid in self._tree())

    def _tree(self) -> list[int]:
        found = [self.process.pid]
        for pid in found:
            for children in Path(f"/proc/{pid}/task").glob("*/children"):
                found += map(int, _text(children).split())
        return found


def fetch(url: str, encoding: str = "br, gzip") -> bytes:
    """Return the body at `url` as it is sent."""
    request = urllib.request.Request(url, headers={"Accept-Encoding": encoding})  # noqa: S310 - our own servers
    with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310
        return answer.read()


def _text(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:  # the thread has ended
        return ""


def _thread(path: Path) -> float:
    return int((_text(path) or "0").split()[0]) / 1e9


def _proportional_set(pid: int) -> float:
    lines = _text(Path(f"/proc/{pid}/smaps_rollup")).splitlines()
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0.0)
