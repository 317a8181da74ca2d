"""Words to avoid from a text file: a word on each line, with what is right instead and the grade behind it."""

import re

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from core.languages import CHINESE, ENGLISH
from editorial.checks.characters import HAN
from editorial.checks.grades import Grade
from editorial.models import ListedWord

ENCODINGS = ("utf-8-sig", "gb18030")  # Notepad's on a Chinese Windows is the second
MOST_LINES, MOST_BYTES = 10_000, 1_000_000
_PARTS = re.compile("[\t|｜]")
_GRADES = {"": Grade.WARNS, "warns": Grade.WARNS, "提醒": Grade.WARNS, "grave": Grade.GRAVE, "严重": Grade.GRAVE}
SHOWN = 20  # faults of a file that are named


def read_words(content: bytes) -> list[ListedWord]:
    """Return the words of a file, not saved. Raises ValidationError, with a sentence for each faulty line, for any other file.

    The parts of a line are parted by a tab or |; empty lines and those that begin with # are left out. The language is Chinese
    where the word holds a Chinese character.
    """
    lines = _decoded(content).splitlines()
    if len(lines) > MOST_LINES:
        raise ValidationError(_("The file has more than %d lines: divide it.") % MOST_LINES)
    found, faults = {}, []
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith("#"):
            continue
        try:
            entry = _read_line(line)
            if (entry.word, entry.language) in found:
                raise ValidationError(_("“%s” stands in the file twice.") % entry.word)
        except ValidationError as error:
            faults.append(_("Line %(number)d: %(fault)s") % {"number": number, "fault": " ".join(error.messages)})
        else:
            found[entry.word, entry.language] = entry
    if faults or not found:
        raise ValidationError(faults[:SHOWN] or _("There is no word in the file."))
    return list(found.values())


@transaction.atomic
def keep_words(entries: list[ListedWord], user) -> tuple[int, int]:
    """Add `entries` to the list or change those it has, and return how many were added and how many changed."""
    listed = {(entry.word, entry.language): entry for entry in ListedWord.objects.all()}
    added = changed = 0
    for entry in entries:
        known = listed.get((entry.word, entry.language))
        if known is None:
            entry.save()
            log(entry, "wagtail.create", user=user)
            added += 1
        elif (known.replacement, known.grade) != (entry.replacement, entry.grade):
            known.replacement, known.grade = entry.replacement, entry.grade
            known.save()
            log(known, "wagtail.edit", user=user)
            changed += 1
    return added, changed


def _decoded(content: bytes) -> str:
    if len(content) > MOST_BYTES:
        raise ValidationError(_("The file is larger than 1 MB: divide it."))
    for encoding in ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise ValidationError(_("The file is no plain text. Save it as a text file in UTF-8."))


def _read_line(line: str) -> ListedWord:
    word, *rest = (part.strip() for part in _PARTS.split(line))
    if len(rest) > 2:
        raise ValidationError(_("three parts at most: the word, what to write instead, the grade."))
    replacement, grade = [*rest, "", ""][:2]
    if grade.lower() not in _GRADES:
        raise ValidationError(_("“%s” is no grade; write warns or grave.") % grade[:40])
    language = CHINESE if re.search(f"[{HAN}]", word) else ENGLISH
    entry = ListedWord(word=word, language=language.code, replacement=replacement, grade=_GRADES[grade.lower()])
    entry.full_clean(validate_unique=False, validate_constraints=False)
    return entry
