"""Load by wrk, on connections that stay open, as a browser asks: with compression."""

import contextlib
import re
import signal
import subprocess
from dataclasses import dataclass

LONGEST_SECONDS, LONGER = 60, 4
FEWEST = 10  # of fewer answers, the requests that are under way at the end would raise the cost of each by much
BROWSER = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36"
_UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60_000.0}
_PERCENTILE = re.compile(r"^\s+(50|99)%\s+([\d.]+)(us|ms|s|m)\s*$", re.MULTILINE)


@dataclass(frozen=True)
class Run:
    """What one run measured: milliseconds of processor time a request, requests a second, milliseconds of waiting."""

    cpu: float
    rate: float
    p50: float
    p99: float


def run(server, path: str, connections: int, seconds: float) -> Run:
    """Ask `server` for `path` for so many seconds, a slow one for longer; raise RuntimeError where it fails to answer."""
    command = ["wrk", "-t1", f"-c{connections}", f"-d{LONGEST_SECONDS}s", "--timeout", "20s", "--latency"]
    command += ["-H", "Accept-Encoding: br, gzip", "-H", f"User-Agent: {BROWSER}", server.address + path]
    before = server.spent()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as wrk:
        with contextlib.suppress(subprocess.TimeoutExpired):
            wrk.wait(seconds)  # wrk itself counts whole seconds alone
        wrk.send_signal(signal.SIGINT)
        text = wrk.communicate()[0]
    spent = server.spent() - before
    server.rest()
    number = int(re.search(r"(\d+) requests in", text)[1])
    if number < FEWEST and "Non-2xx" not in text and seconds * LONGER <= LONGEST_SECONDS:
        return run(server, path, connections, seconds * LONGER)
    if "Non-2xx" in text or not number:
        raise RuntimeError(f"{server.name} did not answer {path}:\n{text}")
    waiting = {percent: float(value) * _UNITS[unit] for percent, value, unit in _PERCENTILE.findall(text)}
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", text)[1])
    return Run(spent * 1000 / number, rate, waiting["50"], waiting["99"])
