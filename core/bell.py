"""A bell that every process of this machine hears: eight bytes of a file, mapped into the memory of each."""

import logging
import mmap
import time
from pathlib import Path

logger = logging.getLogger(__name__)

BYTES = 8


class Bell:
    """`tone` changes whenever any process rings; reading it takes no system call. None where the file cannot be had."""

    def __init__(self, path: Path):
        self.path = path
        self._tones: memoryview | None = None
        self._is_open = False

    @property
    def tone(self) -> int | None:
        if not self._is_open:
            self._open()
        return self._tones[0] if self._tones else None

    def ring(self) -> None:
        """Give the bell another tone than it ever had."""
        if not self._is_open:
            self._open()
        if self._tones:
            self._tones[0] = time.time_ns()

    def _open(self) -> None:
        self._is_open = True
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self.path.open("ab+") as file:
                if file.seek(0, 2) < BYTES:
                    file.truncate(BYTES)
                self._tones = memoryview(mmap.mmap(file.fileno(), BYTES)).cast("Q")
        except OSError as error:
            logger.warning("%s cannot be used, so that each request asks the database for changes: %s", self.path, error)
