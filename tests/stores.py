"""Which tests can reach a store, that is the database or the cache: the others are the same on each of them."""

import pytest

FIXTURES = ("db", "transactional_db", "live_server", "django_db_setup")


def reaches_stores(item: pytest.Item) -> bool:
    """Return whether a fixture or mark opens the database or the cache to the test; to every other one both are shut."""
    is_marked = any(item.get_closest_marker(name) for name in ("django_db", "cache"))
    return is_marked or any(name in item.fixturenames for name in FIXTURES)


class ShutCache:
    """Stands in the place of the cache and fails the test that asks it."""

    def __getattr__(self, name: str):
        pytest.fail("This test asks the cache, and would not be tried with each: mark it pytest.mark.cache", pytrace=False)

    def close(self, **options) -> None:
        """Nothing is open; Django closes every cache after a request."""
