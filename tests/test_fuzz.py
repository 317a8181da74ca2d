"""A short run of the generator of hostile requests; `make fuzz` makes a long one."""

import logging

import pytest
from django.core.files.storage import FileSystemStorage
from django.db import connection, transaction

from tests.fuzz.run import Portal
from tests.fuzz.sample import make_sample

# A file that Wagtail leaves to be closed with the memory is none of what is looked for here.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
REQUESTS = 1_000
SEEDS = {"sqlite": 7, "postgresql": 8}  # each database is asked something else


@pytest.fixture
def under_test(portal, settings, tmp_path, monkeypatch):
    """The portal with a sample of everything, and files in a folder of its own."""
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(FileSystemStorage, "delete", FileSystemStorage.delete)
    logging.disable(logging.CRITICAL)
    with transaction.atomic():
        sample = make_sample()
        connection.run_on_commit.clear()  # as after a commit: what is read from here on is remembered
        yield Portal(sample)
    logging.disable(logging.NOTSET)


def test_no_hostile_request_breaks_the_portal(under_test, capsys):
    surface, seed = under_test.surface(), SEEDS[connection.vendor]
    under_test.run(under_test.cases(surface, REQUESTS, seed))
    tally = under_test.tally
    with capsys.disabled():
        print(
            f"\n{tally.statuses.total():,} hostile requests, seed {seed}, to {len(surface.public)} public and "
            f"{len(surface.admin)} admin addresses and {len(surface.forms)} forms: {dict(sorted(tally.statuses.items()))}, "
            f"slowest {tally.slowest:.2f} s of work, {len(tally.found)} findings"
        )
    assert len(surface.forms) > 80
    assert [f"{name}: {case.role} {case.method} {case.target}\n{seen}" for name, (case, seen) in tally.found.items()] == []
