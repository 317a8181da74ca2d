import re

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from core.folding import fold
from core.forms import UnversionedForm
from core.languages import LANGUAGES
from search.analysis import runs

LANGUAGE_CHOICES = [(language.code, language.name) for language in LANGUAGES]
_SEPARATORS = re.compile(r"[;；\n]")


class Term(index.Indexed, models.Model):
    """A thing with several names, in either language: whoever searches for one of them finds the others too.

    Official names stand in the register, and the names of bases, kinds and provinces are known to search by themselves: here
    stand mere words.
    """

    chinese = models.CharField(
        _("Chinese names"), max_length=400, blank=True, help_text=_("Separated by semicolons, such as: 海智计划；海智")
    )
    english = models.CharField(
        _("English names"), max_length=400, blank=True, help_text=_("Separated by semicolons, such as: HOME Program; HOME")
    )

    base_form_class = UnversionedForm
    panels = [FieldPanel("chinese"), FieldPanel("english")]
    search_fields = [index.AutocompleteField("chinese"), index.AutocompleteField("english")]

    class Meta:
        verbose_name = _("search term")
        verbose_name_plural = _("search terms")
        ordering = ["chinese", "english"]

    def __str__(self):
        return " = ".join(self.names)

    def clean(self):
        super().clean()
        if len(self.names) < 2:
            raise ValidationError(_("A search term leads from one name to another: give at least two."))
        if empty := [name for name in self.names if not any(runs(fold(name)))]:
            message = _("“%(name)s” holds neither letters nor characters: nothing can be found by it.")
            raise ValidationError(message % {"name": empty[0]})

    @property
    def names(self) -> tuple[str, ...]:
        parts = _SEPARATORS.split(f"{self.chinese};{self.english}")
        return tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))


class UnfoundQuery(models.Model):
    """What readers sought in vain: the words alone, how often in a month, and nothing about who asked."""

    text = models.CharField(_("what was sought"), max_length=60)
    language = models.CharField(
        _("language"), max_length=10, choices=[(language.code, language.name) for language in LANGUAGES]
    )
    month = models.DateField(_("month"))
    count = models.PositiveIntegerField(_("times"), default=1)

    class Meta:
        verbose_name = _("query without result")
        verbose_name_plural = _("queries without result")
        ordering = ["-month", "-count", "text"]
        constraints = [models.UniqueConstraint(fields=["text", "language", "month"], name="one_row_per_query_and_month")]

    def __str__(self):
        return self.text


class IndexingFailure(models.Model):
    """An item that could not be indexed, for readers or for the admin, until it is saved or published again."""

    class Part(models.TextChoices):
        PUBLIC = "public", _("readers' search")
        ADMIN = "admin", _("the admin's search")

    content_type = models.ForeignKey("contenttypes.ContentType", on_delete=models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    part = models.CharField(_("missing in"), max_length=10, choices=Part)
    title = models.CharField(_("item"), max_length=255)
    error = models.TextField(_("error"))
    failed_at = models.DateTimeField(_("failed at"), auto_now=True)

    class Meta:
        verbose_name = _("indexing failure")
        verbose_name_plural = _("indexing failures")
        ordering = ["-failed_at"]
        constraints = [
            models.UniqueConstraint(fields=["content_type", "object_id", "part"], name="one_failure_per_item_and_part")
        ]

    def __str__(self):
        return self.title
