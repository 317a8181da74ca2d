"""Taking in each change as it happens."""

import logging
import sqlite3
import time
from threading import Event

from django.db import DatabaseError, close_old_connections

from core import changes
from delivery.mirror.answers import Application
from delivery.mirror.building import build
from delivery.mirror.trees import Mirror
from delivery.mirror.updating import FOLDED, MissingMirrorError, fold, update

logger = logging.getLogger(__name__)

HEARD_SECONDS = 0.02  # between two looks at the bell
MOST_BEHIND_SECONDS = 30  # that a mirror which cannot be brought up to date is shown


def follow(mirror: Mirror, application: Application, stopped: Event) -> None:
    """Bring the mirror up to date whenever something changes, until `stopped`; write it anew where that cannot be.

    While that fails, for want of space or for a fault of ours, readers get the former mirror for MOST_BEHIND_SECONDS; then it
    is withdrawn, and the application answers them. While the database is down, nothing can have changed, and the mirror stays.
    """
    failing_since = None
    while not stopped.is_set():
        tone = changes.bell.tone
        try:
            close_old_connections()
            _take_in_changes(mirror, application)
            failing_since = None
        except DatabaseError as error:
            logger.warning("The mirror waits for the database: %s", error)
        except (OSError, sqlite3.Error) as error:
            failing_since = failing_since or time.monotonic()
            logger.error("The mirror could not be brought up to date: %s", error)
            if time.monotonic() - failing_since > MOST_BEHIND_SECONDS and mirror.is_public:
                mirror.withdraw()
                logger.error("The mirror is withdrawn: the application answers until it can be brought up to date.")
        _wait(tone, stopped)


def _take_in_changes(mirror: Mirror, application: Application) -> None:
    try:
        if update(mirror, application).changes > FOLDED:
            fold(mirror)
    except MissingMirrorError as error:
        logger.warning("The mirror is written anew: %s", error)
        build(mirror)


def _wait(tone, stopped: Event) -> None:
    """Return when the bell rings, when there may be changes that nobody rang for, or when it is time to stop."""
    until = time.monotonic() + changes.LOOK_SECONDS
    while changes.bell.tone == tone and time.monotonic() < until and not stopped.is_set():
        stopped.wait(HEARD_SECONDS)
