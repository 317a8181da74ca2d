"""A look at the mirror from the application: what nobody brings up to date is not shown for long."""

import logging
import sqlite3
from datetime import timedelta
from threading import Event, Thread

from django.db import DatabaseError, connection
from django.utils import timezone

from core.models import Change
from delivery.mirror.following import MOST_BEHIND_SECONDS
from delivery.mirror.index import Index
from delivery.mirror.trees import Mirror

logger = logging.getLogger(__name__)

LOOK_SECONDS = 5


def is_behind(mirror: Mirror) -> bool:
    """Return whether the mirror lacks a change that is older than MOST_BEHIND_SECONDS, or is not what its index is of, or not
    of this database: the change up to which it holds all is none of those that the database has."""
    if mirror.generation is None:
        return False
    pair = mirror.pair(mirror.generation)
    with Index(pair.index_file) as index:
        position, tree = index.position, index.tree
    if tree and tree != pair.served.name:  # for a moment while it is published; one that is withdrawn then is shown again
        return True
    if position.last and not Change.objects.filter(pk=position.last).exists():
        return True
    oldest = timezone.now() - timedelta(seconds=MOST_BEHIND_SECONDS)
    return Change.objects.filter(pk__gt=position.last, moment__lt=oldest).exists()


class MirrorWatch(Thread):
    """Withdraws the mirror while its follower does not work; runs in each process of the application, which then answers."""

    def __init__(self, mirror: Mirror):
        super().__init__(name="mirror watch", daemon=True)
        self.mirror, self._stopped = mirror, Event()

    def run(self) -> None:
        while not self._stopped.wait(LOOK_SECONDS):
            self.look()

    def look(self) -> None:
        """Withdraw the mirror if it is behind; while the database is down, nothing can have changed."""
        try:
            if self.mirror.is_public and is_behind(self.mirror):
                self.mirror.withdraw()
                logger.error("The mirror is withdrawn: nobody brings it up to date (manage.py mirror --follow).")
        except (DatabaseError, OSError, sqlite3.Error) as error:
            logger.warning("The mirror could not be looked at: %s", error)
            connection.close()
