"""The application server: granian, behind nginx on the same machine. `python -m portal.server`.

nginx (deploy/) refuses what is too large, too slow or malformed, and writes the lines of access; granian writes none. The
portal is loaded once, and the processes that answer are forked from it: they share what it takes of memory.
"""

import gc
import multiprocessing
import os
from pathlib import Path

from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels

ANSWER_SECONDS = 120  # twice what nginx waits: a process that is not ready by then is replaced
STOP_SECONDS = 30  # for what is being answered when the server is told to stop
MOST_MEMORY_MB = 768  # of a process: one that has more leaks, and is replaced between two answers
READ_BYTES = 65_536  # of a body at a time, where nobody wants it
THREADS = 2  # of a process: one that waits for a mail server does not keep the next reader waiting


def server() -> Granian:
    """Return the server that BIND and WEB_CONCURRENCY ask for."""
    return Granian(
        "portal.wsgi:application",
        **_place(os.environ.get("BIND") or "127.0.0.1:8000"),
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        websockets=False,
        workers=int(os.environ.get("WEB_CONCURRENCY") or multiprocessing.cpu_count()),
        blocking_threads=THREADS,
        respawn_failed_workers=True,
        workers_max_rss=MOST_MEMORY_MB,
        workers_kill_timeout=STOP_SECONDS,
        log_level=LogLevels.warning,
    )


def _place(bind: str) -> dict:
    """Return where to listen: `unix:/run/portal/portal.sock`, which the group may use, or `127.0.0.1:8000`."""
    if bind.startswith("unix:"):
        path = Path(bind.removeprefix("unix:"))
        path.unlink(missing_ok=True)  # left by a server that was killed
        return {"uds": path, "uds_permissions": 0o660}
    address, _colon, port = bind.rpartition(":")
    return {"address": address, "port": int(port)}


def load() -> None:
    """Load the portal, and what it loads late elsewhere; all of it stays where it is when processes are forked."""
    import pypinyin  # noqa: F401
    import rjieba  # noqa: F401
    import zxcvbn  # noqa: F401
    from django.db import connections
    from django.urls import get_resolver

    from portal import wsgi  # noqa: F401

    get_resolver().reverse_dict  # noqa: B018 - reads all addresses
    connections.close_all()
    gc.collect()
    gc.freeze()


def application_of_process(target: str):
    """Start what a process of the server does beside answering, and return what it answers with."""
    from django.conf import settings

    from delivery.mirror.trees import Mirror
    from delivery.mirror.watching import MirrorWatch
    from portal.hang_watch import HangWatch
    from portal.wsgi import application, tally

    tally.flush_at_exit()
    MirrorWatch(Mirror(settings.MIRROR_DIR)).start()
    watch = HangWatch(told_as_asked(read_to_the_end(application)), ANSWER_SECONDS)
    watch.start()
    return watch


def told_as_asked(application):
    """Return a WSGI application around `application` that tells it as RAW_URI how the address was spelled, which granian does
    not and nginx does: caches before the portal keep what is asked by its spelling."""

    def answer(environ, start_response):
        if asked := environ.pop("HTTP_X_ASKED_ADDRESS", ""):
            environ["RAW_URI"] = asked
        return application(environ, start_response)

    return answer


def read_to_the_end(application):
    """Return a WSGI application around `application` that reads what it leaves of a request's body. granian would close the
    connection on it, and nginx may then lose the answer (502): that an upload is too large, or needs signing in."""

    def answer(environ, start_response):
        answered = application(environ, start_response)
        if environ.get("CONTENT_LENGTH") or environ.get("HTTP_TRANSFER_ENCODING"):
            while environ["wsgi.input"].read(READ_BYTES):
                pass
        return answered

    return answer


def main() -> None:
    multiprocessing.set_start_method("fork")
    load()
    server().serve(target_loader=application_of_process)


if __name__ == "__main__":
    main()
