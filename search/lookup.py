"""The statements that a search consists of: how many hits of each kind there are, and which come first."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.db import connection

from search.backends import hits_sql
from search.expressions import Expression
from search.models.entry import Entry, label

_ENTRY = Entry._meta.db_table


@dataclass(frozen=True)
class Scope:
    """Where is searched: entries of this site's homes ("" for records) that bear all labels and are not among `hidden` (a
    statement that reads the keys of entries, with its values)."""

    home_paths: tuple[str, ...]
    labels: tuple[tuple[str, str], ...] = ()
    hidden: tuple[str, tuple] | None = None

    def condition(self) -> tuple[str, list]:
        texts, values = [], []
        if self.home_paths:
            texts.append(f"e.home_path IN ({', '.join(['%s'] * len(self.home_paths))})")
            values += self.home_paths
        for name, value in self.labels:
            texts.append("e.labels LIKE %s ESCAPE '!'")
            values.append("%" + label(name, value).replace("!", "!!").replace("_", "!_").replace("%", "!%") + "%")
        if self.hidden:
            texts.append(f"e.id NOT IN ({self.hidden[0]})")
            values += self.hidden[1]
        return "".join(f" AND {text}" for text in texts), values


def counts(expression: Expression, column: str, scope: Scope) -> dict[tuple[str, str], int]:
    """Return how many hits there are, by language code and kind."""
    table, joins, key, condition, values = hits_sql(expression, column)
    within, more = scope.condition()
    statement = f"""
        SELECT e.language, e.kind, count(*) FROM {table} {joins} {_ENTRY} e ON e.index_entry = {table}.{key}
        WHERE {condition}{within} GROUP BY e.language, e.kind
    """  # noqa: S608 - tables, columns and placeholders only
    return {(language, kind): count for language, kind, count in _rows(statement, [*values, *more])}


class Order(StrEnum):
    """How the first hits are chosen: by the length of the title, for the query makes more of a short one; the last written
    first; the newest first."""

    TITLE = "-length(e.title)"
    WRITTEN = "e.id"
    DATE = "e.date"


def first_ids(
    expression: Expression, column: str, scope: Scope, language: str, kinds: Iterable[str], order: Order, limit: int
) -> dict[str, list[int]]:
    """Return the keys of the first `limit` entries of each kind."""
    kinds = list(kinds)
    table, joins, key, condition, values = hits_sql(expression, column)
    within, more = scope.condition()
    statement = f"""
        WITH hit AS MATERIALIZED (
            SELECT e.id, e.kind, {order} AS score FROM {table} {joins} {_ENTRY} e ON e.index_entry = {table}.{key}
            WHERE {condition} AND e.language = %s AND e.kind IN ({", ".join(["%s"] * len(kinds))}){within}
        ), placed AS (
            SELECT id, kind, row_number() OVER (PARTITION BY kind ORDER BY score DESC, id DESC) AS place FROM hit
        )
        SELECT kind, id FROM placed WHERE place <= %s ORDER BY kind, place
    """  # noqa: S608 - tables, columns and placeholders only
    found: dict[str, list[int]] = {kind: [] for kind in kinds}
    for kind, entry_id in _rows(statement, [*values, language, *kinds, *more, limit]):
        found[kind].append(entry_id)
    return found


def _rows(statement: str, values: list) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()
