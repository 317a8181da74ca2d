"""Load by wrk, on connections that stay open, as a browser asks: with compression."""

import re
import subprocess
from dataclasses import dataclass

_UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60_000.0}
_PERCENTILE = re.compile(r"^\s+(50|99)%\s+([\d.]+)(us|ms|s|m)$", re.MULTILINE)


@dataclass(frozen=True)
class Run:
    """What one run measured: milliseconds of processor time a request, requests a second, milliseconds of waiting."""

    cpu: float
    rate: float
    p50: float
    p99: float


def run(server, path: str, connections: int, seconds: float) -> Run:
    """Ask `server` for `path` for so many seconds; raise RuntimeError where it fails to answer."""
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds:g}s", "--timeout", "20s", "--latency"]
    command += ["-H", "Accept-Encoding: br, gzip", server.address + path]
    before = server.spent()
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    spent = server.spent() - before
    number = int(re.search(r"(\d+) requests in", text)[1])
    if "Non-2xx" in text or not number:
        raise RuntimeError(f"{server.name} did not answer {path}:\n{text}")
    waiting = {percent: float(value) * _UNITS[unit] for percent, value, unit in _PERCENTILE.findall(text)}
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", text)[1])
    return Run(spent * 1000 / number, rate, waiting["50"], waiting["99"])
