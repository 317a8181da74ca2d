from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList, TabbedInterface

from core.links import WebAddressField
from core.models import Record
from core.models.record import TranslatedTabs


class BaseCategory(Record):
    """A kind of HOME Program base, what it is for and who may apply."""

    class Applications(models.TextChoices):
        OPEN = "open", _("open")
        SUSPENDED = "suspended", _("suspended")

    slug = models.SlugField(_("slug"), max_length=40, unique=True)
    name = models.CharField(_("official name"), max_length=120)
    short_name = models.CharField(_("short name"), max_length=60)
    description = models.TextField(_("description"))
    hosts = models.TextField(_("who may apply"), blank=True)
    applications = models.CharField(_("applications"), max_length=10, choices=Applications)
    applications_year = models.PositiveSmallIntegerField(
        _("year of this information"), help_text=_("The year of the call that says so.")
    )
    source = models.CharField(_("source"), max_length=255)
    source_url = WebAddressField(_("source's web address"), max_length=500, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    edit_handler = TabbedInterface(
        [
            ObjectList(
                [FieldPanel(f"{name}_{suffix}") for name in ("name", "short_name", "description", "hosts", "source")],
                heading=heading,
            )
            for suffix, heading in (("zh_hans", TranslatedTabs.CHINESE), ("en", TranslatedTabs.ENGLISH))
        ]
        + [
            ObjectList(
                [
                    FieldPanel("applications"),
                    FieldPanel("applications_year"),
                    FieldPanel("source_url"),
                    FieldPanel("slug"),
                    FieldPanel("position"),
                ],
                heading=TranslatedTabs.FACTS,
            )
        ]
    )

    class Meta:
        verbose_name = _("kind of base")
        verbose_name_plural = _("kinds of base")
        ordering = ["position", "pk"]

    def __str__(self):
        return self.short_name or self.slug

    def findable_dependents(self):
        """Return what search must read again when this kind has changed."""
        return self.bases.live()
