from django.db import models
from django.utils.translation import gettext_lazy as _


class PolicyViolation(models.Model):
    """What browsers refused on a page of the portal because its content security policy forbids it, counted.

    Nothing about the reader is kept, nor the query strings of addresses.
    """

    directive = models.CharField(_("rule"), max_length=40)
    blocked = models.CharField(_("refused"), max_length=120)
    page = models.CharField(_("page"), max_length=255)
    count = models.PositiveIntegerField(_("times"), default=1)
    first_seen = models.DateTimeField(_("first seen"), auto_now_add=True)
    last_seen = models.DateTimeField(_("last seen"), db_index=True)

    class Meta:
        verbose_name = _("breach of the content security policy")
        verbose_name_plural = _("breaches of the content security policy")
        default_permissions = ("view",)
        constraints = [models.UniqueConstraint(fields=["directive", "blocked", "page"], name="violation_once")]

    def __str__(self):
        return f"{self.directive}: {self.blocked}"


class FrontEndCopy(models.Model):
    """That a cache before the portal may hold an address, and a tag (core.dependencies) that touches it."""

    address = models.CharField(max_length=2000, db_index=True)
    tag = models.CharField(max_length=255)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["tag", "address"], name="front_end_copy_once")]

    def __str__(self):
        return f"{self.address}: {self.tag}"


class FrontEndPurge(models.Model):
    """That the caches before the portal are still to be told that an address has changed: from `due` on, by any process."""

    address = models.CharField(max_length=2000)
    due = models.DateTimeField(db_index=True)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return f"{self.address}: {self.due}"


class FrontEndPosition(models.Model):
    """How far the changes are followed up for the caches before the portal (core.changes.Position); one row for all."""

    last = models.BigIntegerField(default=0)
    missing = models.JSONField(default=list)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return str(self.last)
