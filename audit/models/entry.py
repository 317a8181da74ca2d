from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.models.deed import Deed


class AppendOnlyError(TypeError):
    """Raised when code tries to change or delete what the log holds."""

    def __init__(self):
        super().__init__("The audit log is append-only: its entries are never changed or deleted (see audit/retention.py).")


class EntryQuerySet(models.QuerySet):
    """Entries are read and, by audit.chain, appended."""

    def _refuse(self, *args, **kwargs):
        raise AppendOnlyError

    update = delete = bulk_update = update_or_create = get_or_create = _refuse
    update.queryset_only = delete.queryset_only = True

    def bulk_create(self, objs, *args, update_conflicts=False, ignore_conflicts=False, **kwargs):
        if update_conflicts or ignore_conflicts:
            raise AppendOnlyError
        return super().bulk_create(objs, *args, **kwargs)

    def of_person(self, user):
        """Return what the account did and what was done to it."""
        return self.filter(models.Q(actor_id=user.pk) | models.Q(object_kind=user._meta.label_lower, object_id=str(user.pk)))


class Entry(Deed):
    """An entry of the audit log, chained to the one before it.

    `digest` is the HMAC-SHA-256 of the entry and of the previous entry's digest (audit.encoding); the first entry's
    `previous` is 64 zeros. Neither the model nor, by their triggers (audit.guards), the databases change or delete one.
    """

    number = models.BigIntegerField(_("number"), primary_key=True)
    previous = models.CharField(_("hash of the previous entry"), max_length=64)
    digest = models.CharField(_("hash"), max_length=64)

    objects = EntryQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("entry of the audit log")
        verbose_name_plural = _("entries of the audit log")
        default_permissions = ("view",)
        ordering = ["-number"]
        indexes = [
            models.Index(fields=["event", "-number"], name="audit_by_event"),
            models.Index(fields=["actor_name", "-number"], name="audit_by_person"),
            models.Index(fields=["moment"], name="audit_by_moment"),
        ]

    def __str__(self):
        return f"{self.number} {self.get_event_display()}"

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise AppendOnlyError
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args, **kwargs):
        raise AppendOnlyError
