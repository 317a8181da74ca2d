"""What readers see is watched: reading it leaves tags (core.dependencies), changing it announces them (core.changes)."""

from .registry import Changed, on_change, watch

__all__ = ["Changed", "connect", "on_change", "watch"]


def connect() -> None:
    """Begin, once every room has said what it watches."""
    from core.watching import objects, statements

    statements.connect()
    objects.connect()
