"""What a new password must withstand: guessing, and the lists of passwords that leaked elsewhere."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.breaches import times_breached

LEAST_SCORE = 3  # of 0 to 4: "safely unguessable: moderate protection from offline slow-hash scenario"
GUESSED_LENGTH = 28  # what is hard to guess so far stays hard; zxcvbn takes seconds for some longer ones
PROGRAMME_WORDS = ("haizhi", "haizhijihua", "海智", "海智计划", "homeprogram", "home program", "cast", "科协", "zhongguokexie")


class GuessablePasswordValidator:
    """Refuse what a guesser finds soon who knows the person's names and the programme's words."""

    def validate(self, password, user=None):
        from zxcvbn import zxcvbn  # lists of 12 MB, for the few who set a password

        words = [*PROGRAMME_WORDS, *_words_about(user)]
        if zxcvbn(password[:GUESSED_LENGTH], user_inputs=words)["score"] < LEAST_SCORE:
            raise ValidationError(
                _("This password is too easy to guess. Take several words that have nothing to do with you."),
                code="password_guessable",
            )

    def get_help_text(self):
        return _("Your password must not be easy to guess: no names, dates, keyboard rows or words of the programme.")


class BreachedPasswordValidator:
    """Refuse what stands in the list of leaked passwords that the server keeps, where it keeps one."""

    def __init__(self, path: Path | None = None):
        self.path = path or settings.BREACHED_PASSWORDS_FILE

    def validate(self, password, user=None):
        if self.path is None:
            return
        digest = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper()
        if times_breached(digest, self.path):
            raise ValidationError(
                _("This password stands in lists of passwords that leaked elsewhere. Choose another one."),
                code="password_breached",
            )

    def get_help_text(self):
        return _("Your password must not stand in lists of passwords that leaked elsewhere.") if self.path else ""


def _words_about(user) -> list[str]:
    if user is None:
        return []
    fields = (user.username, user.first_name, user.last_name, user.name_zh, user.unit, *user.email.split("@"))
    return [field for field in fields if field]
