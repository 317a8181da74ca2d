"""Every statement that reaches the database: what it reads is recorded, what it writes past the models is announced."""

from collections.abc import Iterable
from contextvars import ContextVar

from django.db.backends.signals import connection_created

from core.changes import announce
from core.dependencies import is_recording, object_read, read, tables_read
from core.statements import parsed
from core.watching.registry import CONSTANT, registry

#: The tables whose changes are being told by the signals of a model.
_told_by_model: ContextVar[frozenset[str]] = ContextVar("told by a model", default=frozenset())


def connect() -> None:
    connection_created.connect(_wrap, dispatch_uid="core.watching")


def _wrap(sender, connection, **kwargs) -> None:
    if connection.alias == "default" and watched_execute not in connection.execute_wrappers:
        connection.execute_wrappers.append(watched_execute)


def begin_telling(tables: Iterable[str]) -> None:
    """Let writes to `tables` pass until `end_telling`: the signals of a model tell of them."""
    _told_by_model.set(_told_by_model.get() | frozenset(tables))


def end_telling(tables: Iterable[str] | None = None) -> None:
    """Let writes to `tables`, or to any table, pass no more."""
    _told_by_model.set(_told_by_model.get() - frozenset(tables) if tables is not None else frozenset())


def watched_execute(execute, sql, params, many, context):
    """Run a statement; an execute wrapper of Django's."""
    if sql.startswith(("SELECT", "(SELECT")):
        if is_recording():
            _record(sql, params)
        return execute(sql, params, many, context)
    try:
        result = execute(sql, params, many, context)
    except Exception:
        end_telling()
        raise
    statement = parsed(sql)
    if statement.writes:
        _tell(statement, context["cursor"].rowcount)
    return result


def _record(sql: str, params) -> None:
    statement = parsed(sql)
    searched = statement.searched
    if statement.keyed:
        root = registry.keys.get(statement.keyed)
        if root is None:
            searched |= {statement.keyed[0]}
        else:
            for key in params[-statement.keys :]:
                object_read(f"{root}:{key}", registry.aspects[root])
    for place, column in enumerate(statement.equals, start=-len(statement.equals)):
        if (tag := registry.values.get(column)) is not None:
            read(tag(params[place]))
            searched = frozenset()
    tables = statement.tables - CONSTANT
    tables_read(tables, searched - CONSTANT, [table for table in tables if table not in registry.tables])


def _tell(statement, rows: int) -> None:
    """Announce a write that no model tells of: nobody knows which rows it changed, so it touches whoever reads the table."""
    tables = [table for table in statement.tables if table in registry.tables and table not in _told_by_model.get()]
    if rows == 0 and statement.verb in {"UPDATE", "DELETE"}:
        return
    if statement.verb == "UPDATE":
        tables = [table for table in tables if not statement.columns <= registry.tables[table]]
    announce(f"~{table}" for table in tables)
