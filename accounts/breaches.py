"""Looking a password up in the list of leaked ones: tens of gigabytes on disk, read in a few dozen places."""

from pathlib import Path


def times_breached(digest: str, path: Path) -> int:
    """Return how often the password with the SHA-1 `digest` (40 capitals) was seen in leaks, 0 where it is not listed.

    The file is the list of Pwned Passwords "ordered by hash": lines of digest, colon and count, ascending.
    """
    wanted = digest.encode()
    with path.open("rb") as file:
        low, high = 0, path.stat().st_size
        while low < high:
            middle = (low + high) // 2
            start = _start_of_line(file, middle)
            line = file.readline()
            if line[:40] == wanted:
                return int(line[41:] or 1)
            if line[:40] < wanted:
                low = start + len(line)
            else:
                high = start
    return 0


def _start_of_line(file, offset: int) -> int:
    """Place `file` at the start of the line that holds the byte at `offset`, and return where that is."""
    start = max(0, offset - 128)  # a line is far shorter
    file.seek(start)
    before = file.read(offset - start)
    start += before.rfind(b"\n") + 1 if b"\n" in before else 0
    file.seek(start)
    return start
