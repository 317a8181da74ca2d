"""No person unites two of the three powers: editing, administration, audit."""

from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.roles import ALL_ROLES, Power

POWERS = {role.name: role.power for role in ALL_ROLES}


def powers_of(groups) -> set[Power]:
    """Return the powers that the groups give together."""
    return {POWERS[group.name] for group in groups if group.name in POWERS}


def check_separation(groups) -> None:
    """Raise ValidationError when the groups unite two powers."""
    if len(powers_of(groups)) < 2:
        return
    names = ", ".join(sorted(group.name for group in groups))
    message = _("Nobody edits, administers and audits at once. Choose roles of one kind; these do not go together: {names}")
    raise ValidationError(format_lazy(message, names=names), code="powers")
