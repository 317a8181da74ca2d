"""Variants of official names that are not to be used."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from editorial.checks.manuscripts import Manuscript
from editorial.checks.registry import Fault, Finding, found_in
from terminology.matching import Match
from terminology.register import current_register


def name_variants(manuscript: Manuscript) -> Iterator[Finding]:
    """Yield the variants that stand in a text, in either language, each with the official name."""
    matcher = current_register().matcher
    for passage in manuscript.passages:
        for match in matcher.find(passage.text):
            if not match.is_correct:
                yield found_in(passage, Fault(match.start, match.end, _message(match)))


def _message(match: Match) -> str:
    (variant, *_alike) = match.designations
    official = variant.name.official(variant.language)
    if not official:
        return _("“%(variant)s” is not to be used for “%(name)s”") % {"variant": variant.text, "name": variant.name}
    return _("“%(variant)s”: the official name is “%(official)s”") % {"variant": variant.text, "official": official}
