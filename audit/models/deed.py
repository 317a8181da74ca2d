from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.events import Event

MAX_NAME = 150
MAX_LABEL = 120


class Deed(models.Model):
    """Who did what to what, when and from where.

    The person's and the object's names are kept as they were: both may be renamed or deleted afterwards. `details` hold
    names of groups and changed fields or counts, never the values of fields.
    """

    moment = models.DateTimeField(_("when"), default=timezone.now)
    event = models.CharField(_("what"), max_length=40, choices=Event)
    actor_id = models.BigIntegerField(_("account number"), null=True, blank=True)
    actor_name = models.CharField(_("who"), max_length=MAX_NAME, blank=True)
    object_kind = models.CharField(_("kind of item"), max_length=100, blank=True)
    object_id = models.CharField(_("number of the item"), max_length=64, blank=True)
    object_label = models.CharField(_("on what"), max_length=MAX_LABEL, blank=True)
    details = models.JSONField(_("details"), default=dict, blank=True)
    address = models.CharField(_("from where"), max_length=45, blank=True)

    class Meta:
        abstract = True

    def as_deed(self) -> dict:
        """Return the values of the deed by the names of their fields."""
        return {field.attname: getattr(self, field.attname) for field in Deed._meta.fields}
