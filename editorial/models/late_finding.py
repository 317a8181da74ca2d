from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision


class LateFinding(models.Model):
    """That something keeps an approved version that waits from being published, which was not so when it was approved."""

    revision = models.OneToOneField(Revision, on_delete=models.CASCADE, related_name="+")
    told = models.JSONField(default=list)  # of what people were told by mail: sentences

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("approved text held back")
        verbose_name_plural = _("approved texts held back")
        default_permissions = ()

    def __str__(self):
        return self.revision.object_str
