from django.db.models import IntegerChoices
from django.utils.translation import gettext_lazy as _


class Grade(IntegerChoices):
    """What follows from what a check finds."""

    OFF = 0, _("off")
    WARNS = 1, _("warns")
    GRAVE = 2, _("grave: not published")
