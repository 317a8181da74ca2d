from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Revision


class HeldReleaseQuerySet(models.QuerySet):
    def standing(self):
        """Return those whose version is still the newest: a later change is to be approved anew."""
        return self.filter(revision=models.F("page__latest_revision"), held_at__gte=models.F("revision__created_at"))


class HeldRelease(models.Model):
    """A version of a page that three reviews have approved and that waits for the page's other language."""

    page = models.OneToOneField(Page, verbose_name=_("page"), on_delete=models.CASCADE, related_name="+")
    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="+")
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("last approval by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="held_releases",
    )
    held_at = models.DateTimeField(_("approved at"))

    objects = HeldReleaseQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("approved text that waits")
        verbose_name_plural = _("approved texts that wait")
        default_permissions = ()

    def __str__(self):
        return self.page.title
