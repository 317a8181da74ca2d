from django.contrib.auth import get_user_model
from django.core.management.base import CommandError

from core.personal_data import Person


def person_named(text: str, names=()) -> Person:
    """Return the person of an account's name or of an e-mail address; raise CommandError where there is no telling."""
    users = get_user_model().objects
    found = list(users.filter(username=text)) or list(users.filter(email__iexact=text))
    if len(found) > 1:
        accounts = ", ".join(user.get_username() for user in found)
        raise CommandError(f"{text} is the address of several accounts ({accounts}): name one of them.")
    if not found and "@" not in text:
        raise CommandError(f"There is no account {text!r}. Write the name to sign in with, or an e-mail address.")
    user = found[0] if found else None
    return Person(user, user.email if user else text, tuple(names))
