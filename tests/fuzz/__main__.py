"""The command behind `make fuzz`."""

import argparse
import os
import sys
import tempfile
from pathlib import Path


def main() -> int:
    parser = argparse.ArgumentParser(prog="make fuzz", description=__doc__)
    parser.add_argument("--number", type=int, default=20_000, help="of requests")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--replay", type=Path, help="a finding to send again")
    arguments = parser.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings.test"
    import django

    django.setup()
    with tempfile.TemporaryDirectory() as media:
        return _with_database(arguments, media)


def _with_database(arguments, media: str) -> int:
    from django.conf import settings
    from django.db import connection
    from django.test.utils import setup_test_environment

    setup_test_environment()
    settings.MEDIA_ROOT = media
    settings.LOGGING_CONFIG = None
    name = (
        settings.BASE_DIR / "var/fuzz.sqlite3" if connection.vendor == "sqlite" else "fuzz_" + connection.settings_dict["NAME"]
    )
    connection.settings_dict["TEST"]["NAME"] = name
    before = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        return _run(arguments)
    finally:
        connection.creation.destroy_test_db(before, verbosity=0)


def _run(arguments) -> int:
    import logging

    from django.core.management import call_command
    from django.db import connection

    from tests.fuzz.cases import Case
    from tests.fuzz.run import Portal, findings
    from tests.fuzz.sample import make_sample

    logging.disable(logging.CRITICAL)
    call_command("load_starter_content", verbosity=0)
    call_command("set_up_roles", verbosity=0)
    portal = Portal(make_sample())
    if arguments.replay:
        found = portal.try_out(Case.read(arguments.replay))
        print(dict(portal.tally.statuses), *(f"{name}\n{seen}" for name, seen in found), sep="\n")
        return bool(found)
    surface = portal.surface()
    print(
        f"{len(surface.public)} public and {len(surface.admin)} admin addresses, {len(surface.forms)} forms, "
        f"{len(surface.parameters)} parameters; seed {arguments.seed}",
        flush=True,
    )
    try:
        portal.run(portal.cases(surface, arguments.number, arguments.seed))
    except KeyboardInterrupt:
        print("Stopped before its end.")
    tally = portal.tally
    print(
        f"{connection.vendor}, {tally.statuses.total():,} requests: {dict(sorted(tally.statuses.items()))}; {dict(tally.kinds)}"
    )
    print(f"slowest {tally.slowest:.2f} s of work; {len(tally.found)} kinds of findings", *findings(tally), sep="\n")
    return bool(tally.found)


if __name__ == "__main__":
    sys.exit(main())
