"""A copy of the suite's database for other processes, which commit what they do."""

from contextlib import contextmanager

from django.db import connection


@contextmanager
def copy_of_database(suffix: str):
    """Make a copy named by `suffix`, yield its address as DATABASE_URL takes it, and remove it."""
    connection.close()
    connection.creation.clone_test_db(suffix, verbosity=0)
    config = connection.creation.get_test_db_clone_settings(suffix)
    name = config["NAME"]
    user = f"{config['USER']}:{config['PASSWORD']}@" if config["USER"] else ""
    server = f"{user}{config['HOST'] or '127.0.0.1'}:{config['PORT'] or 5432}"
    try:
        yield f"sqlite:///{name}" if connection.vendor == "sqlite" else f"postgres://{server}/{name}"
    finally:
        connection.creation.destroy_test_db(suffix=suffix, verbosity=0)
