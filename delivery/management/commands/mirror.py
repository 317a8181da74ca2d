import base64
import os
import secrets
import signal
import sqlite3
from pathlib import Path
from threading import Event

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from delivery.mirror.keys import public_text, signing_key
from delivery.mirror.trees import BusyError, Mirror


class Command(BaseCommand):
    help = (
        "Write the whole public portal as files for nginx (no option), or only what changed (--update), once or as it happens"
        " (--follow); check that no file was altered (--verify)."
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--target", type=Path, default=settings.MIRROR_DIR, help="the folder of the mirror (MIRROR_DIR)")
        parser.add_argument("--processes", type=int, default=os.cpu_count() or 1, help="that write the whole mirror")
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--update", action="store_true", help="take in the changes that the mirror does not hold, once")
        what.add_argument("--follow", action="store_true", help="take in each change as it happens, until stopped")
        what.add_argument("--verify", nargs="?", const="", metavar="WHERE", help="a tree of files, or the address of a portal")
        what.add_argument("--new-key", action="store_true", help="show a new MIRROR_KEY")
        what.add_argument("--public-key", action="store_true", help="show the key that others verify with")
        parser.add_argument("--key", help="the public key to verify with; that of MIRROR_KEY by default")
        parser.add_argument("--sample", type=int, default=0, help="how many files of a served portal to fetch; 0: all")

    def handle(self, *, target, processes, update, follow, verify, new_key, public_key, key, sample, **options):
        if new_key:
            self.stdout.write(base64.b64encode(secrets.token_bytes(32)).decode())
        elif public_key:
            self.stdout.write(public_text(signing_key()))
        elif verify is not None:
            self._verify(verify or str(target / "current"), key or public_text(signing_key()), sample)
        else:
            self._write(Mirror(target), processes, update, follow)

    def _write(self, mirror, processes, update, follow) -> None:
        from delivery.mirror.answers import Application, look_for_garbage_rarely
        from delivery.mirror.building import build
        from delivery.mirror.following import follow as follow_changes
        from delivery.mirror.updating import MissingMirrorError
        from delivery.mirror.updating import update as bring_up_to_date

        try:
            if follow:
                application = Application()
                look_for_garbage_rarely()
                follow_changes(mirror, application, _stopped_by_signals())
            elif update:
                self.stdout.write(f"{bring_up_to_date(mirror, Application()).files} files written or removed.")
            else:
                self.stdout.write(f"{build(mirror, max(1, processes))} files in {mirror.current}.")
        except (BusyError, MissingMirrorError) as error:
            raise CommandError(str(error)) from error
        except (OSError, sqlite3.Error) as error:
            raise CommandError(f"The mirror could not be written, the former one is served: {error}") from error

    def _verify(self, where: str, key: str, sample: int) -> None:
        from delivery.mirror.manifest import ManifestError
        from delivery.mirror.verifying import verify_served, verify_tree

        try:
            found = verify_served(where, key, sample) if "://" in where else verify_tree(Path(where), key)
        except (ManifestError, ValueError, OSError) as error:
            raise CommandError(f"{where} cannot be verified: {error}") from error
        for fault in found.faults:
            self.stderr.write(fault)
        if found.faults:
            raise CommandError(f"{len(found.faults)} of {found.files} files are not what was signed.")
        self.stdout.write(f"{found.files} files are what was signed at {found.moment:%Y-%m-%d %H:%M:%S} UTC.")


def _stopped_by_signals() -> Event:
    """Return an event that is set when the process is told to end: what it is doing is finished first."""
    stopped = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_signal: stopped.set())
    return stopped
