"""A portal of few pages, for tests that look at all of them again and again."""

import shutil
import sqlite3
from contextlib import closing

import pytest
from django.db import connection, transaction

from bases.models import Base
from core import changes
from delivery.mirror.building import build
from delivery.mirror.index import Index
from delivery.mirror.trees import Mirror
from news.models import NewsPage
from portal.models import StandardPage
from programs.models import ProgramPage

NEWS = ("yanshan-university-accredited", "jiujiang-working-base-unveiled", "home-forum-2023")
BASES = ("yanshan-university", "ningbo-offshore")


@pytest.fixture(scope="module")
def cut_down(django_db_setup, django_db_blocker):
    """The starter portal without most of its content, until the tests of a module have ended."""
    with django_db_blocker.unblock(), transaction.atomic():
        NewsPage.objects.exclude(slug__in=NEWS).delete()
        Base.objects.exclude(slug__in=BASES).delete()
        ProgramPage.objects.all().delete()
        StandardPage.objects.exclude(slug="about").delete()
        connection.run_on_commit.clear()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def small_portal(cut_down, db):
    """The starter portal cut down to three items of news (one not translated), two bases, and no further texts."""


@pytest.fixture(scope="session")
def mirror_folder(tmp_path_factory):
    """Where the mirror of the small portal is written once, for the tests to copy."""
    return tmp_path_factory.mktemp("mirror") / "kept"


@pytest.fixture
def mirror(tmp_path, small_portal, mirror_folder) -> Mirror:
    """The mirror of the small portal, as `manage.py mirror` writes it."""
    if not mirror_folder.exists():
        build(Mirror(mirror_folder))
    ignored = shutil.ignore_patterns("*.sqlite3-*")
    shutil.copytree(mirror_folder, tmp_path / "mirror", symlinks=True, ignore=ignored, copy_function=_copy)
    written = Mirror(tmp_path / "mirror")
    with Index(written.pair(written.generation).index_file) as index:
        index.position = changes.now()  # each test cuts the portal down anew, by changes of its own
    return written


def _copy(source: str, target: str) -> None:
    """Copy a file, and a database as a whole, whoever has it open."""
    if not source.endswith(".sqlite3"):
        shutil.copy2(source, target)
        return
    with closing(sqlite3.connect(source)) as kept, closing(sqlite3.connect(target)) as copied:
        kept.backup(copied)
