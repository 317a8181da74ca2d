from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.languages import LANGUAGES
from editorial.checks.grades import Grade


class CheckGrade(models.Model):
    """What the site has decided to follow from a check, where that is other than the check's own grade."""

    check_key = models.CharField(max_length=60, unique=True, editable=False)
    grade = models.PositiveSmallIntegerField(_("grade"), choices=Grade)

    class Meta:
        verbose_name = _("grade of a check")
        verbose_name_plural = _("grades of the checks")
        default_permissions = ("change", "view")

    def __str__(self):
        return f"{self.check_key}: {self.get_grade_display()}"

    @classmethod
    def chosen(cls) -> dict[str, Grade]:
        """Return the chosen grades by the keys of their checks."""
        return {key: Grade(grade) for key, grade in cls.objects.values_list("check_key", "grade")}


class ListedWord(models.Model):
    """A word that texts of the site should not hold, with what is right in its place."""

    LANGUAGE_CHOICES = [(language.code, language.name) for language in LANGUAGES]
    GRADES = [(Grade.WARNS.value, Grade.WARNS.label), (Grade.GRAVE.value, Grade.GRAVE.label)]

    word = models.CharField(_("word"), max_length=100)
    language = models.CharField(_("language"), max_length=10, choices=LANGUAGE_CHOICES)
    replacement = models.CharField(_("what to write instead"), max_length=100, blank=True)
    grade = models.PositiveSmallIntegerField(_("grade"), choices=GRADES, default=Grade.WARNS)

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
        if self.word in self.replacement and self.word == self.replacement:
            raise ValidationError({"replacement": _("This is the word itself.")})
