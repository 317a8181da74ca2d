"""Wagtail's database search, with the portal's analysis of text in it: one backend, on SQLite and on PostgreSQL."""

from contextlib import contextmanager

from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction

from search.expressions import Expression


def SearchBackend(params):  # noqa: N802 - the name under which modelsearch looks for a backend
    """Return the backend for the database in use."""
    if connection.vendor == "sqlite":
        from search.backends.sqlite import SQLiteBackend

        return SQLiteBackend(params)
    if connection.vendor == "postgresql":
        from search.backends.postgres import PostgreSQLBackend

        return PostgreSQLBackend(params)
    raise ImproperlyConfigured(f"The portal's search needs SQLite or PostgreSQL, not {connection.vendor}: set DATABASE_URL.")


def written_out(expression: Expression, column: str = "text") -> str:
    """Return `expression` as the database in use is asked for it."""
    return _database().written_out(expression, column)


def hits_sql(expression: Expression, column: str) -> tuple[str, str, str, str, list]:
    """Return what a statement needs to read the index before all else: its table, the word that joins the next one to it, the
    table's key (that of modelsearch's IndexEntry), and the condition of a hit with its values."""
    database = _database()
    return database.TABLE, database.JOIN, database.KEY, *database.hits_sql(expression, column)


@contextmanager
def planned_for_the_index():
    """Have the statements of the block read the full-text index.

    PostgreSQL would rather read the whole table: it does not count what it costs to unpack the vectors of each row.
    """
    if connection.vendor != "postgresql":
        yield
        return
    is_others_transaction = connection.in_atomic_block
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        yield
        if is_others_transaction:
            cursor.execute("SET LOCAL enable_seqscan = on")


def _database():
    if connection.vendor == "sqlite":
        from search.backends import sqlite as database
    else:
        from search.backends import postgres as database
    return database
