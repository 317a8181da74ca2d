"""The portal in each of its modes beside plain Wagtail, Django's cache, a bare answer and nginx, in interleaved runs.

    make bench [ARTICLES=1000] [SECONDS_EACH=1] [ROUNDS=3] [PEERS=wordpress]

Content is made once for each number of articles, which takes a while; the rest ends within ten minutes. What a request costs as
content grows, measures make bench-growth.

Prints processor time a request, requests a second, p50 and p99 for 1, 16 and 64 connections, the bytes of a first view, and
which of the figures to reach are reached; writes all of it to var/bench/bench.json. On a busy machine the ratios count.
"""

import argparse
import json
import signal
import statistics
import sys
from collections import defaultdict
from itertools import chain

from bench.delivery import peer, wordpress
from bench.delivery.goals import goals
from bench.delivery.ground import KINDS, LEAST_ARTICLES, PAGES, VAR, fill
from bench.delivery.load import Run, run
from bench.delivery.modes import BARE, UNCACHED, all_modes
from bench.delivery.publishing import measure_publishing
from bench.delivery.servers import Server
from bench.delivery.views import first_view

CONNECTIONS = (1, 16, 64)
ASKED_EACH = 6  # so that each of two processes answers every kind


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--seconds", type=float, default=1)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--peers", nargs="*", default=[], choices=["wordpress"], help="beside those that are always there")
    arguments = parser.parse_args()
    if arguments.peers and (missing := wordpress.missing_packages()):
        parser.error(f"WordPress needs packages: apt-get install --no-install-recommends {' '.join(missing)}")
    if arguments.articles < LEAST_ARTICLES:
        parser.error(f"The bench needs {LEAST_ARTICLES} articles or more.")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))
    fill(arguments.articles)
    peer.build(arguments.articles)
    if arguments.peers:
        wordpress.build(arguments.articles)
    servers: list[Server] = []
    try:
        for server in chain(all_modes(), wordpress.modes() if arguments.peers else ()):
            servers.append(server)
        runs = measure(servers, arguments.seconds, arguments.rounds)
        report(servers, runs, measure_publishing(servers))
    finally:
        for server in servers:
            server.stop()


def measure(servers: list[Server], seconds: float, rounds: int) -> dict[tuple, list[Run]]:
    """Return the runs by mode, kind of page and connections; every round asks each server once for each."""
    runs = defaultdict(list)
    for _round in range(rounds):
        for kind in PAGES:
            for connections in CONNECTIONS:
                for server in servers:
                    runs[server.name, kind, connections].append(run(server, server.pages[kind], connections, seconds))
    return runs


def report(servers: list[Server], runs: dict[tuple, list[Run]], visible: dict[str, float]) -> None:
    """Print the table and the goals, and write both as JSON."""
    cells = {
        key: {name: statistics.median(getattr(one, name) for one in found) for name in ("cpu", "rate", "p50", "p99")}
        for key, found in runs.items()
    }
    names = [server.name for server in servers]
    print(
        f"{'':<30}{'':>9}{'ms CPU':>9}{'ratio':>8}" + "".join(f"{f'{c}: req/s':>12}{'p50':>8}{'p99':>8}" for c in CONNECTIONS)
    )
    for kind in PAGES:
        for name in names:
            cpu = cells[name, kind, 16]["cpu"]
            line = f"{name:<30}{kind:>9}{cpu:>9.3f}{cpu / cells[UNCACHED, kind, 16]['cpu']:>8.3f}"
            for connections in CONNECTIONS:
                cell = cells[name, kind, connections]
                line += f"{cell['rate']:>12,.0f}{cell['p50']:>8.2f}{cell['p99']:>8.2f}"
            print(line)
    viewed = [server for server in servers if server.name != BARE]  # which knows one form of each page, and no style sheet
    views = {server.name: {kind: first_view(server, path) for kind, path in server.pages.items()} for server in viewed}
    for name, sizes in views.items():
        print(f"bytes of a first view, {name}: " + ", ".join(f"{kind} {size:,}" for kind, size in sizes.items()))
    memory = {server.name: _warm_memory(server) for server in servers}
    print("memory (PSS, MB): " + ", ".join(f"{name} {size:.0f}" for name, size in memory.items()))
    print("publish to visible (s): " + (", ".join(f"{name} {value:.2f}" for name, value in visible.items()) or "not measured"))

    def median(column: str):
        return lambda name, kind: cells[name, kind, 16][column] if (name, kind, 16) in cells else None

    found = goals(median("cpu"), median("rate"), memory.get, visible)
    for goal in found:
        value = "–" if goal.found is None else f"{goal.found:.3f}"
        outcome = {None: "not measured", True: "reached", False: "not reached"}[goal.is_reached]
        print(f"{goal.what:<75}{value:>9} {'≥' if goal.at_least else '≤'} {goal.bound:<6.3g}{outcome}")
    stored = {
        "runs": {" | ".join(map(str, key)): cell for key, cell in cells.items()},
        "first_view": views,
        "memory": memory,
        "visible": visible,
        "goals": [{"what": goal.what, "found": goal.found, "bound": goal.bound, "reached": goal.is_reached} for goal in found],
    }
    (VAR / "bench.json").write_text(json.dumps(stored, indent=1, ensure_ascii=False))


def _warm_memory(server: Server) -> float:
    """Return the memory of a process of `server` that has answered every kind of page, where it has them."""
    for path in (KINDS if server.pages is PAGES else ()) * ASKED_EACH:
        server.ask(path)
    return server.memory()


if __name__ == "__main__":
    main()
