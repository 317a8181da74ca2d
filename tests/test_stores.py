"""What has no fixture of a store finds database and cache shut, so that leaving it out on the second ones loses nothing."""

import pytest
from django.core.cache import cache

from accounts.models import User


def test_a_test_without_the_fixture_of_a_store_reaches_none():
    with pytest.raises(pytest.fail.Exception, match=r"mark it pytest\.mark\.cache"):
        cache.get("anything")
    with pytest.raises(RuntimeError, match="Database access not allowed"):
        User.objects.exists()


@pytest.mark.cache
def test_the_mark_opens_the_cache():
    cache.set("anything", "kept")
    assert cache.get("anything") == "kept"
