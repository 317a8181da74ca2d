"""The pairs: the state that follows from their texts, and who declared them in line."""

import hashlib
import json
from functools import cached_property

from django.apps import apps
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from core.findable import NAME_SOURCES
from core.languages import LANGUAGES, other_language
from core.models import PortalPage, Record
from editorial.drift import changes, prints_of, worst
from editorial.gravity import Gravity
from editorial.models import Pair
from terminology.register import current_register

IN_LINE = "editorial.in_line"  # the action in Wagtail's log
CHUNK = 100


class TextsChangedError(Exception):
    """The texts are not those that somebody declared to be in line; says so, and what to do, in the active language."""


class KnownNames:
    """The names of the register and those of bases, hosts and places that the rooms know, read when first asked for."""

    def __iter__(self):
        return iter(self._names)

    @cached_property
    def _names(self) -> frozenset[str]:
        of_rooms = (name for source in NAME_SOURCES for group in source() for name in group if len(name) > 1)
        registered = (entry.text for name in current_register().names for entry in name.designations())
        return frozenset((*of_rooms, *registered))


def page_types() -> list[type[PortalPage]]:
    return [model for model in apps.get_models() if issubclass(model, PortalPage)]


def record_types() -> list[type[Record]]:
    return [model for model in apps.get_models() if issubclass(model, Record)]


def settle(pair: Pair, names=()) -> None:
    """Set the state of `pair`, and how gravely each language is behind, from its texts; `names` are known names."""
    pair.has_zh, pair.has_en = bool(pair.says_zh), bool(pair.says_en)
    pair.behind_zh = pair.behind_en = Gravity.NONE
    if not (pair.has_zh and pair.has_en):
        pair.state = Pair.State.MISSING
    elif pair.agreed_zh is None or pair.agreed_en is None:
        pair.state = Pair.State.IN_PROGRESS
    else:
        for language in LANGUAGES:
            gravity = worst(changes(pair.agreed(language), pair.says(language), names))
            setattr(pair, f"behind_{other_language(language).prefix}", gravity)
        pair.state = Pair.State.DRIFTED if pair.gravity else Pair.State.IN_LINE
    pair.urgency = max(pair.gravity, Gravity.ORDINARY if pair.state == Pair.State.MISSING else Gravity.NONE)


def version_of(pair: Pair) -> str:
    """Return a name for what the two texts of `pair` say now, to be sent back with a declaration about them: 64 hexadecimal
    digits, the same as long as nothing that counts has changed."""
    said = [sorted(prints_of(pair.says(language)).items()) for language in LANGUAGES]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


@transaction.atomic
def declare(pair: Pair, version: str, user) -> Pair:
    """Keep that `user` found both languages of `pair` to say the same, and return the pair as it then is.

    `version` is that of the texts which the person read; raises TextsChangedError where these are others now.
    """
    pair = Pair.objects.select_for_update().get(pk=pair.pk)
    if not (pair.says_zh and pair.says_en):
        raise TextsChangedError(_("One language of “%s” is missing: write it first, then declare both in line.") % pair)
    if version_of(pair) != version:
        raise TextsChangedError(
            _("“%s” has changed since you opened it, so nothing was declared. Read what is marked now and declare it then.")
            % pair
        )
    _agree(pair, user)
    log(subject_of(pair), IN_LINE, user=user)
    return pair


def agree_on_all() -> int:
    """Take every pair with both languages that nobody ever declared as in line, and return how many there were."""
    found = list(Pair.objects.filter(state=Pair.State.IN_PROGRESS))
    for pair in found:
        _agree(pair, None)
    return len(found)


def _agree(pair: Pair, user) -> None:
    pair.agreed_zh, pair.agreed_en = pair.says_zh, pair.says_en
    pair.declared_by, pair.declared_at = user, timezone.now()
    settle(pair)
    pair.save()


def subject_of(pair: Pair):
    """Return the page (the Chinese one where there is one) or the record that `pair` is about, None for one that is gone."""
    if pair.is_of_pages:
        return pair.page_zh or pair.page_en
    return pair.content_type.model_class()._base_manager.filter(pk=pair.object_id).first()
