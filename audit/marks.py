"""The last entry seen when the log was last proved, kept in a file beside the database."""

from pathlib import Path

from django.conf import settings

from audit.proving import Mark


def last_mark() -> Mark | None:
    """Return the last entry seen when the log was last proved, None before."""
    path = _mark_path()
    if not path.exists():
        return None
    number, digest = path.read_text().split()
    return Mark(int(number), digest)


def keep_mark(mark: Mark) -> None:
    settings.AUDIT_DIR.mkdir(parents=True, exist_ok=True)
    _mark_path().write_text(f"{mark.number} {mark.digest}\n")


def _mark_path() -> Path:
    return settings.AUDIT_DIR / "last-proved"
