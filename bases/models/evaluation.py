from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from bases.models.base import Base
from bases.panels import evaluation_panels
from core.links import WebAddressField


class Evaluation(Orderable):
    """The result of an assessment of a base."""

    base = ParentalKey(Base, on_delete=models.CASCADE, related_name="evaluations")
    year = models.PositiveSmallIntegerField(_("year"))
    result = models.CharField(_("result"), max_length=120)
    source = models.CharField(_("source"), max_length=255)
    source_url = WebAddressField(_("source's web address"), max_length=500, blank=True)

    panels = evaluation_panels()

    class Meta(Orderable.Meta):
        verbose_name = _("evaluation")
        verbose_name_plural = _("evaluations")

    def __str__(self):
        return f"{self.year} {self.result}"
