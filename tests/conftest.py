"""The database of the suite holds the starter portal, loaded once; every test works in a transaction of its own."""

import gc

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.cache import caches
from django.core.management import call_command
from django.template import Template
from django.test import Client
from django.test.utils import instrumented_test_render
from django.utils import translation

from accounts.models import User
from accounts.roles import ALL_ROLES
from core import changes
from tests.signing_in import client_of
from tests.stores import ShutCache, reaches_stores

gc.set_threshold(50_000, 20, 50)  # by default it looks through the memory after every 700 objects, a tenth of the suite's time


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        call_command("load_starter_content", verbosity=0)
        call_command("set_up_roles", verbosity=0)
    # What stands by now stays: the collector of garbage need not look at it again.
    gc.collect()
    gc.freeze()


def pytest_addoption(parser):
    parser.addoption("--stores-only", action="store_true", help="leave out what can reach neither database nor cache")


def pytest_collection_modifyitems(config, items):
    """What reaches no store was tried on the first database, and is the same on the second."""
    if config.getoption("--stores-only"):
        left_out = [item for item in items if not reaches_stores(item)]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if reaches_stores(item)]


@pytest.fixture(autouse=True)
def _clean_slate(request):
    """No test sees what another left in the cache or remembered, nor its language."""
    kept = caches["default"]
    kept.clear()
    changes.begin_anew()  # the former test's database was rolled back
    translation.activate(settings.LANGUAGE_CODE)
    if not reaches_stores(request.node):
        caches["default"] = ShutCache()
    yield
    caches["default"] = kept


@pytest.fixture(autouse=True, scope="session")
def _plain_templates(django_test_environment):
    """Templates are rendered as for readers: to keep the context of each for the test takes a twentieth of the time."""
    Template._render = lambda template, context: template.nodelist.render(context)


@pytest.fixture
def contexts(monkeypatch):
    """Answers keep what their templates were given, as `response.context`; without this fixture it is None."""
    monkeypatch.setattr(Template, "_render", instrumented_test_render)


@pytest.fixture(autouse=True)
def _own_garbage(request):
    """A test that is allowed to leave files to the collector of garbage leaves none to the next one."""
    yield
    if request.node.get_closest_marker("filterwarnings"):
        gc.collect()


@pytest.fixture
def portal(db):
    """The starter portal, ready to be asked."""


@pytest.fixture
def client():
    return Client()


@pytest.fixture
def staff(db):
    """A function that returns a new member of staff of the role with a key such as "writer"."""
    roles = {role.key: role for role in ALL_ROLES}

    def create(key: str) -> User:
        user = User.objects.create_user(f"a-{key}", f"{key}@example.org", "a long password of the tests")
        user.groups.add(Group.objects.get(name=roles[key].name))
        return user

    return create


@pytest.fixture
def admin_client(db):
    """A client signed in as a superuser, for tests of what the admin shows."""
    user = User.objects.create_superuser("root", "root@example.org", "a long password of the tests")
    return client_of(user)
