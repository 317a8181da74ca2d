"""Who may do what: every line of accounts/rights.csv is tried by everyone in every scope, and judged by what it did."""

import pytest
from django.db import transaction

from accounts.rights import read_rights
from tests.matrix import administering, corresponding, library, publishing, records, writing
from tests.matrix.actions import ACTIONS
from tests.matrix.scene import Scene
from tests.matrix.trying import actions_of, outcome

MODULES = (writing, publishing, records, corresponding, library, administering)


def test_the_table_names_each_action_once_and_each_is_tried():
    keys = [right.key for right in read_rights()]

    assert len(keys) == len(set(keys))
    assert set(keys) == set(ACTIONS)


@pytest.fixture(scope="module")
def scene(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield Scene()
        transaction.set_rollback(True)


# Wagtail leaves the temporary files of renditions to the garbage collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__.rpartition(".")[2])
def test_each_person_may_do_what_the_table_says_and_nothing_else(scene, portal, capsys, module):
    rights = {right.key: right for right in read_rights()}
    cases, allowed, wrong = 0, 0, []
    for key in actions_of(module):
        action, right = ACTIONS[key], rights[key]
        assert right.scopes == action.scopes, key
        for person, found in outcome(scene, action).items():
            cases += len(action.scopes)
            allowed += len(found)
            for scope in sorted(found ^ right.granted[person]):
                wrong.append(f"{key} {scope}: {person} {'may' if scope in found else 'may not'}")

    with capsys.disabled():
        print(f"\nrole matrix, {module.__name__}: {cases} cases, {allowed} allowed, {cases - allowed} refused")
    assert wrong == []
