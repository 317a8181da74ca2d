from django.apps import apps
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.search import index

from core.links import WebAddressField
from core.models import Record, RecordQuerySet
from core.models.record import TranslatedTabs
from core.partial_dates import PartialDateField


class MilestoneQuerySet(RecordQuerySet):
    def featured(self):
        return self.filter(featured=True)


class Milestone(Record):
    """A dated fact in the programme's course, with its source."""

    key = models.SlugField(_("key"), max_length=80, unique=True, help_text=_("A name for the fact, such as 2003-12-founded."))
    date = PartialDateField(_("date"))
    text = models.TextField(_("what happened"))
    number = models.CharField(_("number"), max_length=20, blank=True, help_text=_("A figure worth setting large, if any."))
    number_unit = models.CharField(_("unit"), max_length=60, blank=True)
    featured = models.BooleanField(_("on the home page"), default=False)
    source = models.CharField(_("source"), max_length=255)
    source_url = WebAddressField(_("source's web address"), max_length=500, blank=True)

    search_fields = [index.AutocompleteField(name) for name in ("text_zh_hans", "text_en", "date")]

    objects = MilestoneQuerySet.as_manager()

    edit_handler = TabbedInterface(
        [
            ObjectList(
                [FieldPanel("text_zh_hans"), FieldPanel("number_unit_zh_hans"), FieldPanel("source_zh_hans")],
                heading=TranslatedTabs.CHINESE,
            ),
            ObjectList(
                [FieldPanel("text_en"), FieldPanel("number_unit_en"), FieldPanel("source_en")],
                heading=TranslatedTabs.ENGLISH,
            ),
            ObjectList(
                [
                    MultiFieldPanel([FieldPanel("date"), FieldPanel("number"), FieldPanel("featured")], heading=_("Fact")),
                    FieldPanel("source_url"),
                    FieldPanel("key"),
                ],
                heading=TranslatedTabs.FACTS,
            ),
        ]
    )

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = ["date", "pk"]
        indexes = [models.Index(fields=["date"])]

    def __str__(self):
        return f"{self.date} {self.text}"

    def findable_dependents(self):
        """Return the pages that may show the milestones: search must read them again when one has changed."""
        models_with_milestones = (apps.get_model("programs", name) for name in ("ProgramIndexPage", "ProgramPage"))
        return [page for model in models_with_milestones for page in model.objects.live()]
