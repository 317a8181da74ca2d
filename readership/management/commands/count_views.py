import os
import signal
import time
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from readership.mirror_log import count

SETTLED_SECONDS = 10  # after which no process of nginx writes to the former log any more


class Command(BaseCommand):
    help = "Count the views that nginx answered from the mirror: every minute, as who may signal nginx. Each line counts once."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("log", type=Path, help="the log that nginx writes of them (portal-views.log)")
        parser.add_argument("--pid", type=Path, default=Path("/run/nginx.pid"), help="the file with nginx's process number")

    def handle(self, *, log, pid, **options):
        """Count what earlier runs have set aside, then set aside what nginx has written since."""
        try:
            settled = [file for file in sorted(log.parent.glob(f"{log.name}.*[0-9]")) if _age(file) > SETTLED_SECONDS]
            views = sum(map(count, settled))
            if log.exists() and log.stat().st_size:
                self._set_aside(log, pid)
        except OSError as error:
            raise CommandError(f"The views in {log} could not all be counted; the next run does it: {error}") from error
        if options["verbosity"]:
            self.stdout.write(f"{views} views counted.")

    def _set_aside(self, log: Path, pid: Path) -> None:
        """Give the log a name of its own and have nginx begin a new one."""
        try:
            number = int(pid.read_text())
            os.kill(number, 0)
        except (OSError, ValueError) as error:
            raise CommandError(f"{pid} names no nginx that could be told of its log: {error}") from error
        log.rename(f"{log}.{time.time_ns()}")
        os.kill(number, signal.SIGUSR1)


def _age(file: Path) -> float:
    """Return how many seconds ago `file` was written to or set aside."""
    return time.time() - file.stat().st_ctime
