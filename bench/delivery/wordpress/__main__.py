"""Run MariaDB, PHP-FPM and nginx of the bench's WordPress in one tree of processes, until a signal or the end of one."""

import os
import signal
import sys

from bench.delivery.wordpress import commands, running

signal.signal(signal.SIGTERM, lambda *_: sys.exit())
with running(commands()):
    os.wait()
