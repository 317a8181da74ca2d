from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from core.languages import Language, other_language
from core.pairing import language_of


class PromiseQuerySet(models.QuerySet):
    def overdue(self):
        return self.filter(due__lt=timezone.localdate())


class Promise(models.Model):
    """That a page may be public in its own language alone, and by when the other language follows."""

    page = models.OneToOneField(Page, verbose_name=_("page"), on_delete=models.CASCADE, related_name="promise")
    due = models.DateField(_("follows by"))
    stated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("stated by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="promises",
    )
    stated_at = models.DateTimeField(_("stated at"), auto_now=True)
    was_reminded = models.BooleanField(default=False)
    was_told_overdue = models.BooleanField(default=False)

    objects = PromiseQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("promised translation")
        verbose_name_plural = _("promised translations")
        default_permissions = ()
        permissions = [("promise_translation", _("Can let one language of a page be public before the other"))]

    def __str__(self):
        return self.page.title

    @property
    def language(self) -> Language:
        """The language that follows."""
        return other_language(language_of(self.page))

    @property
    def is_overdue(self) -> bool:
        return self.due < timezone.localdate()
