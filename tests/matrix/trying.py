"""Trying every action of a module with every person in every scope, and comparing with accounts/rights.csv."""

from django.core.cache import cache
from django.db import transaction

from tests.matrix.actions import ACTIONS, Action
from tests.matrix.scene import PEOPLE, Case, Scene


def outcome(scene: Scene, action: Action) -> dict[str, set[str]]:
    """Return for each person the scopes in which the action took effect."""
    found = {}
    for person in PEOPLE:
        found[person] = set()
        for scope in action.scopes:
            cache.clear()
            savepoint = transaction.savepoint()
            try:
                if action.tried(Case(scene, person, scope)):
                    found[person].add(scope)
            finally:
                transaction.savepoint_rollback(savepoint)
    return found


def actions_of(module) -> list[str]:
    """Return the keys of the actions that the module defines, in their order."""
    return [key for key, action in ACTIONS.items() if action.tried.__module__ == module.__name__]
