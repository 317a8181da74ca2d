"""Blocks matched by hand: which of one language stand beside which of the other, where they were merged or divided."""

from collections.abc import Iterator
from itertools import chain

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.admin import messages
from wagtail.log_actions import log

from core.alignment import TIE_SOURCES, Tie
from core.changes import announce
from core.dependencies import narrowed
from core.languages import CHINESE, LANGUAGES
from core.pairing import language_of
from core.watching import watch_derived
from editorial.models import Pair
from editorial.observing import subject_of_page
from editorial.pairs import subject_of
from editorial.rights import may_declare, visible_pairs

MATCHED, UNMATCHED = "editorial.matched", "editorial.unmatched"  # the actions in Wagtail's log
MAX_TIES = 200


class BlocksGoneError(Exception):
    """The blocks to match are not those of the two texts; says so, and what to do, in the active language."""


def ties_of(pair: Pair) -> list[Tie]:
    """Return the ties of `pair`, Chinese first."""
    return [Tie(tuple(chinese), tuple(english)) for chinese, english in pair.ties]


def ties_of_pages(page, counterpart) -> Iterator[Tie]:
    """Yield the ties between two pages, from the side of `page`."""
    with narrowed(_tag(subject_of_page(page)), aspect=None):
        found = list(Pair.objects.filter(subject=subject_of_page(page)).values_list("ties", flat=True))
    for tie in chain.from_iterable(found):
        yield Tie(*map(tuple, tie if language_of(page) is CHINESE else reversed(tie)))


def _tag(subject: str) -> str:
    """Return the tag of the ties of a pair: all that readers see of it."""
    return f"ties:{subject}"


def register() -> None:
    TIE_SOURCES.append(ties_of_pages)
    watch_derived(Pair)


def may_match(user, pair: Pair) -> bool:
    """Return whether `user` may match the blocks of `pair`: who may declare its pages in line."""
    return pair.is_of_pages and pair.has_zh and pair.has_en and may_declare(user, pair)


@transaction.atomic
def match(pair: Pair, chosen: list[list[str]], user) -> None:
    """Tie the `chosen` blocks, Chinese first; what they were tied to before is free. Raise BlocksGoneError where they cannot
    be tied."""
    pair = Pair.objects.select_for_update().get(pk=pair.pk)
    fields = [
        {entry.block: entry.field for entry in pair.says(language) if entry.kind and entry.block} for language in LANGUAGES
    ]
    if not all(chosen):
        raise BlocksGoneError(_("Tick at least one block in each language, then put them beside each other."))
    if any(block not in known for known, blocks in zip(fields, chosen, strict=True) for block in blocks):
        raise BlocksGoneError(_("A block that you ticked is not in the text any more. Look at both texts and tick again."))
    if len({known[block] for known, blocks in zip(fields, chosen, strict=True) for block in blocks}) > 1:
        raise BlocksGoneError(_("The blocks that you ticked stand in different parts of the page. Tick blocks of one part."))
    # In the order of the text, whatever the order they were sent in.
    tie = [[block for block in known if block in blocks] for known, blocks in zip(fields, chosen, strict=True)]
    others = [old for old in pair.ties if not any(set(one) & set(two) for one, two in zip(old, tie, strict=True))]
    pair.ties = [*others, tie][-MAX_TIES:]
    pair.save(update_fields=["ties"])
    announce([_tag(pair.subject)])
    log(subject_of(pair), MATCHED, user=user)


@transaction.atomic
def unmatch(pair: Pair, block: str, user) -> None:
    """Undo the tie whose Chinese side begins with `block`; without such a one, nothing happens."""
    pair = Pair.objects.select_for_update().get(pk=pair.pk)
    kept = [tie for tie in pair.ties if tie[0][0] != block]
    if kept != pair.ties:
        pair.ties = kept
        pair.save(update_fields=["ties"])
        announce([_tag(pair.subject)])
        log(subject_of(pair), UNMATCHED, user=user)


class MatchView(View):
    """Ties the blocks that were ticked side by side, or undoes a tie."""

    http_method_names = ["post"]

    def post(self, request, pk: int):
        pair = get_object_or_404(visible_pairs(request.user), pk=pk)
        if not may_match(request.user, pair):
            raise PermissionDenied
        if block := request.POST.get("untie"):
            unmatch(pair, block, request.user)
            messages.success(request, _("The match is undone."))
        else:
            try:
                match(pair, [request.POST.getlist(language.prefix) for language in LANGUAGES], request.user)
            except BlocksGoneError as error:
                messages.error(request, str(error))
            else:
                messages.success(request, _("The blocks stand beside each other."))
        return redirect("language_pair", pair.pk)
