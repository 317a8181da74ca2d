"""A process of the server that hangs is ended, so that another one takes its place."""

import faulthandler
import os
import time
from threading import Thread, get_ident

LOOK_SECONDS = 5


class HangWatch(Thread):
    """A WSGI application around `application`, and the thread that ends the process once an answer takes more than `seconds`.

    What every thread was doing then stands in the log. Where even this thread is not heard any more, since something holds the
    interpreter itself, faulthandler does the same: it needs no interpreter.
    """

    def __init__(self, application, seconds: float, look_seconds: float = LOOK_SECONDS):
        super().__init__(name="hang watch", daemon=True)
        self.application, self.seconds, self.look_seconds = application, seconds, look_seconds
        self._began: dict[int, float] = {}

    def __call__(self, environ, start_response):
        thread = get_ident()
        self._began[thread] = time.monotonic()
        try:
            return self.application(environ, start_response)
        finally:
            del self._began[thread]

    def run(self) -> None:
        while True:
            faulthandler.dump_traceback_later(self.seconds, exit=True)
            if time.monotonic() - min(tuple(self._began.values()), default=time.monotonic()) > self.seconds:
                faulthandler.dump_traceback()
                os._exit(1)
            time.sleep(self.look_seconds)
