"""Triggers that keep the log append-only in the database itself, on SQLite and PostgreSQL.

UPDATE is refused always; DELETE of an entry younger than MINIMUM_DAYS, the time the law sets, too. Older ones may go, but
only audit.retention leaves a chain that still proves itself. On PostgreSQL TRUNCATE is refused while there are entries.
They are set after every migration, as SQLite drops a table's triggers when a migration makes the table anew.
"""

from django.db import connections, transaction

MINIMUM_DAYS = 183  # six months: Cybersecurity Law of the PRC, article 21
TABLE = "audit_entry"
NAMES = ("audit_entry_no_update", "audit_entry_no_delete")

SQLITE = f"""
CREATE TRIGGER audit_entry_no_update BEFORE UPDATE ON {TABLE}
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_entry_no_delete BEFORE DELETE ON {TABLE}
WHEN OLD.moment > strftime('%Y-%m-%d %H:%M:%f', 'now', '-{MINIMUM_DAYS} days')
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
"""
POSTGRESQL = f"""
CREATE OR REPLACE FUNCTION audit_entry_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND OLD.moment <= now() - interval '{MINIMUM_DAYS} days' THEN
        RETURN OLD;
    END IF;
    IF TG_OP = 'TRUNCATE' AND NOT EXISTS (SELECT 1 FROM {TABLE}) THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'the audit log is append-only';
END $$;
CREATE TRIGGER audit_entry_no_update BEFORE UPDATE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION audit_entry_guard();
CREATE TRIGGER audit_entry_no_delete BEFORE DELETE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION audit_entry_guard();
CREATE TRIGGER audit_entry_no_truncate BEFORE TRUNCATE ON {TABLE} FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_guard();
"""  # noqa: S608 - no value from outside
LISTED = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal AND tgenabled = 'O'",
}


def after_migrate(using, **kwargs) -> None:
    if TABLE in connections[using].introspection.table_names():
        with transaction.atomic(using=using):
            take_down(connections[using])
            put_up(connections[using])


def put_up(connection) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRESQL)
        else:
            for statement in SQLITE.strip().split("END;"):
                if statement.strip():
                    cursor.execute(f"{statement}END;")


def take_down(connection) -> None:
    """Remove the triggers, as only the tests and after_migrate do."""
    table = f" ON {TABLE}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for name in (*NAMES, "audit_entry_no_truncate"):
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{table}")


def missing(connection) -> list[str]:
    """Return the names of the triggers that the database lacks or has switched off."""
    with connection.cursor() as cursor:
        cursor.execute(LISTED[connection.vendor], [TABLE])
        found = {row[0] for row in cursor.fetchall()}
    wanted = (*NAMES, "audit_entry_no_truncate") if connection.vendor == "postgresql" else NAMES
    return [name for name in wanted if name not in found]
