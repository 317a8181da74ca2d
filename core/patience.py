"""Waiting for the database when a reader waits for the answer."""

from contextlib import contextmanager

from django.db import connection

PATIENCE = 100  # milliseconds that a reader waits for SQLite's lock


@contextmanager
def impatient():
    """Let SQLite give up soon: an editor's transaction must not keep a reader waiting."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        usual = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout = {PATIENCE}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {usual}")
