from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.sealing import SealedTextField
from enquiries.models.enquiry import PURPOSE, Enquiry


class Written(models.Model):
    """What a member of staff wrote about an enquiry."""

    text = SealedTextField(_("text"), purpose=PURPOSE)
    written_at = models.DateTimeField(_("written"), default=timezone.now)

    wagtail_reference_index_ignore = True

    class Meta:
        abstract = True
        ordering = ["written_at", "pk"]
        default_permissions = ()

    def __str__(self):
        return f"{self.enquiry.reference} {self.written_at:%Y-%m-%d %H:%M}"


class Answer(Written):
    """A mail to the sender; `sent_at` is empty where it could not be sent."""

    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="answers")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="enquiry_answers", verbose_name=_("author")
    )
    sent_at = models.DateTimeField(_("sent"), null=True)

    class Meta(Written.Meta):
        verbose_name = _("answer")
        verbose_name_plural = _("answers")


class Note(Written):
    """A remark for colleagues, which the sender does not see."""

    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="enquiry_notes", verbose_name=_("author")
    )

    class Meta(Written.Meta):
        verbose_name = _("note")
        verbose_name_plural = _("notes")
