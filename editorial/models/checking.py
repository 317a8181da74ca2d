from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from core.forms import UnversionedForm
from core.languages import CHINESE, ENGLISH
from editorial.checks.grade_fields import GradesField
from editorial.checks.grades import Grade


class CheckSettingsForm(UnversionedForm):
    grades = GradesField(label=_("Grades"), required=False)


@register_setting(icon="glasses")
class CheckSettings(BaseGenericSetting):
    """What the site has decided to follow from each check: numbers of Grade by the keys of the checks, where they are other
    than the checks' own."""

    grades = models.JSONField(_("grades"), default=dict, blank=True)

    base_form_class = CheckSettingsForm
    panels = [FieldPanel("grades", help_text=_("Grave findings keep a text from review and publication; others are shown."))]

    class Meta:
        verbose_name = _("checks of texts")

    @classmethod
    def chosen(cls) -> dict[str, Grade]:
        """Return the chosen grades by the keys of their checks."""
        stored = cls.objects.values_list("grades", flat=True).first() or {}
        return {key: Grade(grade) for key, grade in stored.items()}


class ListedWord(models.Model):
    """A word that texts of the site should not hold, with what is right in its place."""

    LANGUAGE_CHOICES = [(CHINESE.code, _("Chinese")), (ENGLISH.code, _("English"))]
    GRADES = [(grade.value, grade.label) for grade in (Grade.WARNS, Grade.GRAVE)]

    word = models.CharField(_("word"), max_length=100)
    language = models.CharField(_("language"), max_length=10, choices=LANGUAGE_CHOICES)
    replacement = models.CharField(_("what to write instead"), max_length=100, blank=True)
    grade = models.PositiveSmallIntegerField(_("grade"), choices=GRADES, default=Grade.WARNS)

    base_form_class = UnversionedForm
    panels = [FieldPanel("word"), FieldPanel("language"), FieldPanel("replacement"), FieldPanel("grade")]

    class Meta:
        verbose_name = _("word to avoid")
        verbose_name_plural = _("words to avoid")
        ordering = ["language", "word"]
        constraints = [models.UniqueConstraint(fields=["word", "language"], name="one_row_per_word_and_language")]

    def __str__(self):
        return f"{self.word} → {self.replacement}" if self.replacement else self.word

    def clean(self):
        super().clean()
        self.word, self.replacement = self.word.strip(), self.replacement.strip()
        if len(self.word) < 2:
            raise ValidationError({"word": _("A word to avoid has two characters or more.")})
        if self.word == self.replacement:
            raise ValidationError({"replacement": _("This is the word itself.")})
