from django.db import models

from audit.encoding import seal
from audit.models.deed import Deed


class WaitingDeed(Deed):
    """A deed written in the transaction that did it, until audit.chain puts it into the log right after the commit.

    A chain has one end, so whoever appends to it must hold a lock. Held through an editor's transaction, that lock would
    make editors wait for each other and could close a circle of waiting; this way it is held for the appending alone.
    """

    #: The HMAC of the deed (audit.encoding): a row that something else than the portal put here is not signed into the log.
    seal = models.CharField(max_length=64)

    class Meta(Deed.Meta):
        default_permissions = ()

    wagtail_reference_index_ignore = True

    def save(self, *args, update_fields=None, **kwargs):
        self.seal = seal(self.as_deed())
        super().save(*args, update_fields=update_fields and [*update_fields, "seal"], **kwargs)

    def __str__(self):
        return f"{self.event} {self.object_label}"
