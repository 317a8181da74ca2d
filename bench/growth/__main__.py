"""What a request costs as the portal grows: processor time and queries of each kind of page at several sizes.

    make bench-growth [GROWTH="1000 10000 50000"] [DATABASE_URL=postgres:///portal_growth]

One base for 25 items of news. Public pages are rendered, with what a process remembers of former requests, and the first time
after a change; no page cache answers. Processor time is that of the process and, on PostgreSQL, of its server process. A row
that grows by more than a quarter without a law of the thing is a fault: exit code 1.
"""

import argparse
import json
import sys

from bench.growth.databases import database, run
from bench.growth.laws import LAWS

ALLOWED = 1.25
TITLES = {"warm": "A request, ms (queries)", "first": "The first request after a change, ms (queries)"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 10_000, 50_000])
    parser.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.measure:
        print(json.dumps(_measured()))
        return
    found = {size: json.loads(run(database(size), "-m", "bench.growth", "--measure")) for size in arguments.sizes}
    faults = [row for state in TITLES for row in _print_table(state, found)]
    print("grows without a law: " + (" · ".join(faults) or "nothing"))
    sys.exit(1 if faults else 0)


def _measured() -> dict:
    import django

    django.setup()
    from bench.growth.measuring import measure

    return measure()


def _print_table(state: str, found: dict[int, dict]) -> list[str]:
    """Print a line for each kind of page, then the laws of those that grow, and return the kinds that grow without one."""
    print(TITLES[state].ljust(48) + "".join(f"{size:>16,}" for size in found) + "    growth")
    grown = []
    for name in list(found.values())[-1]:
        costs = [found[size].get(name, {}).get(state) for size in found]
        measured = [cost for cost in costs if cost]
        if not measured:
            continue
        growth = measured[-1][0] / measured[0][0]
        cells = "".join((f"{cost[0]:.1f} ({cost[1]})" if cost else "–").rjust(16) for cost in costs)
        print(f"{name.ljust(48)}{cells}{growth:>10.2f}{' *' if growth > ALLOWED else ''}")
        grown += [name] if growth > ALLOWED else []
    laws = LAWS[state]
    for name in grown:
        print(f"* {name}: {laws.get(name, 'NO LAW')}")
    print()
    return [f"{name} ({state})" for name in grown if name not in laws]


if __name__ == "__main__":
    main()
