"""The line between machines: a channel of the shared cache (Redis) by which each learns at once that another one has rung."""

import logging
import time
from threading import Lock, Thread

from django_redis import get_redis_connection
from redis.exceptions import RedisError

from core.bell import Bell

logger = logging.getLogger(__name__)

CHANNEL = "portal-changes"
PATIENCE = 5.0  # seconds of silence, after which the connection is tried
TRIED_AGAIN_SECONDS = 1.0


class Line:
    """Rings `bell` when another machine calls. While the connection `is_cut`, nobody may trust that he would hear of it."""

    def __init__(self, bell: Bell):
        self.bell, self.is_cut = bell, True
        self._lock, self._thread = Lock(), None

    def listen(self) -> None:
        """Listen from now on, in a thread of this process."""
        if self._thread is None:
            with self._lock:
                if self._thread is None:
                    self._thread = Thread(target=self._hear, name="changes", daemon=True)
                    self._thread.start()

    def call(self) -> None:
        """Tell the other machines. Where that fails they learn of it all the same, a little later (core.changes)."""
        try:
            get_redis_connection("default").publish(CHANNEL, b"")
        except RedisError as error:
            logger.warning("Other machines are not told of a change: %s", error)

    def _hear(self) -> None:
        while True:
            try:
                self._hear_until_cut()
            except RedisError as error:
                logger.warning("Other machines are not heard: %s", error)
            self.is_cut = True
            time.sleep(TRIED_AGAIN_SECONDS)

    def _hear_until_cut(self) -> None:
        with get_redis_connection("default").pubsub() as channel:
            channel.subscribe(CHANNEL)
            while True:
                message = channel.get_message(timeout=PATIENCE)
                if message is None:
                    channel.ping()
                elif message["type"] == "pong":
                    continue
                else:  # a call; or the line is open again, and calls may have been missed
                    self.bell.ring()
                    self.is_cut = False
