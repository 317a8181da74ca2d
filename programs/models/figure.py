from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.models import Orderable, Page, ReferenceIndex, get_page_models

from core.languages import ENGLISH, current_language
from core.links import WebAddressField
from core.models import Record, RecordQuerySet
from core.models.record import TranslatedTabs
from core.partial_dates import PartialDateField
from programs.charts import Chart, chart_of


class FigureManager(models.Manager.from_queryset(RecordQuerySet)):
    """Figures come with their values: whoever shows a figure needs them."""

    def get_queryset(self):
        return super().get_queryset().prefetch_related("values")


class Figure(Record):
    """A thing that is counted, such as offshore bases, with a value for each date and source.

    Values that contradict each other stand side by side, each with its date; the newest is the current one.
    """

    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=120, help_text=_("What is counted, such as “offshore bases”."))
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    description = models.TextField(_("description"), blank=True)

    objects = FigureManager()

    edit_handler = TabbedInterface(
        [
            ObjectList(
                [FieldPanel("name_zh_hans"), FieldPanel("unit_zh_hans"), FieldPanel("description_zh_hans")],
                heading=TranslatedTabs.CHINESE,
            ),
            ObjectList(
                [FieldPanel("name_en"), FieldPanel("unit_en"), FieldPanel("description_en")],
                heading=TranslatedTabs.ENGLISH,
            ),
            ObjectList(
                [InlinePanel("values", heading=_("Values"), label=_("Value"), min_num=1), FieldPanel("slug")],
                heading=_("Values"),
            ),
        ]
    )

    class Meta:
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        ordering = ["slug"]

    def __str__(self):
        return self.name or self.slug

    def newest_first(self) -> list["FigureValue"]:
        """Return the values, newest date first; of one date, in the editors' order."""
        in_order = sorted(self.values.all(), key=lambda value: value.sort_order or 0)
        return sorted(in_order, key=lambda value: value.as_of, reverse=True)

    @property
    def current(self) -> "FigureValue | None":
        return next(iter(self.newest_first()), None)

    @property
    def chart(self) -> Chart | None:
        """The values over the years, drawn; None for fewer than two years."""
        return chart_of(self)

    def searchable_text(self) -> list[str]:
        """Return the words by which search finds a page that shows the figure, in the active language."""
        values = [text for value in self.newest_first() for text in (str(value.shown), value.note, value.source)]
        return [text for text in (self.name, *values) if text]

    def findable_dependents(self):
        """Return the pages that show the figure: search must read them again when it has changed."""
        page_types = ContentType.objects.get_for_models(*get_page_models()).values()
        references = ReferenceIndex.get_references_to(self).filter(base_content_type__in=page_types)
        return Page.objects.filter(pk__in=[int(key) for key in references.values_list("object_id", flat=True)]).specific()


class FigureValue(Orderable):
    """What a source says of a figure at a date."""

    class Qualifier(models.TextChoices):
        EXACT = "", _("exactly")
        OVER = "over", _("more than")
        NEARLY = "nearly", _("nearly")

    figure = ParentalKey(Figure, on_delete=models.CASCADE, related_name="values")
    value = models.PositiveBigIntegerField(_("value"))
    qualifier = models.CharField(_("precision"), max_length=10, choices=Qualifier, blank=True, default="")
    as_of = PartialDateField(_("as of"), blank=True)
    text = models.CharField(
        _("in words"),
        max_length=120,
        blank=True,
        help_text=_("Shown in place of the number where it cannot stand alone, such as “3 million yuan”."),
    )
    source = models.CharField(_("source"), max_length=255)
    source_url = WebAddressField(_("source's web address"), max_length=500, blank=True)
    note = models.CharField(_("remark"), max_length=500, blank=True)

    panels = [
        MultiFieldPanel([FieldPanel("value"), FieldPanel("qualifier"), FieldPanel("as_of")], heading=_("Value")),
        MultiFieldPanel([FieldPanel("text_zh_hans"), FieldPanel("text_en")], heading=_("in words")),
        MultiFieldPanel([FieldPanel("source_zh_hans"), FieldPanel("source_en"), FieldPanel("source_url")], heading=_("source")),
        MultiFieldPanel([FieldPanel("note_zh_hans"), FieldPanel("note_en")], heading=_("remark")),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("dated value")
        verbose_name_plural = _("dated values")

    def __str__(self):
        return f"{self.figure}: {self.value} ({self.as_of})"

    @property
    def shown(self) -> str:
        """The value as the active language writes it, without its unit: 50余 / over 50; 近100 / nearly 100; 1,141."""
        if self.text:
            return self.text
        number = f"{self.value:,}" if current_language() is ENGLISH else str(self.value)
        if self.qualifier == self.Qualifier.OVER:
            return pgettext("a number with its precision", "over %(number)s") % {"number": number}
        if self.qualifier == self.Qualifier.NEARLY:
            return pgettext("a number with its precision", "nearly %(number)s") % {"number": number}
        return number
