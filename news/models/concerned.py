from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable

from bases.models import Base


class ConcernedBase(Orderable):
    """A base that a news item is about, chosen by either name or by pinyin."""

    page = ParentalKey("news.NewsPage", on_delete=models.CASCADE, related_name="concerned_bases")
    base = models.ForeignKey(Base, verbose_name=_("base"), on_delete=models.CASCADE, related_name="+")

    panels = [FieldPanel("base")]

    class Meta(Orderable.Meta):
        verbose_name = _("base concerned")
        verbose_name_plural = _("bases concerned")
