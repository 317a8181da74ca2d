import re
from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.search import index

from core.languages import CHINESE, ENGLISH
from core.links import WebAddressField
from core.models.record import TranslatedTabs
from core.partial_dates import PartialDateField
from core.pinyin import pinyin_reading
from terminology.forms import NameForm
from terminology.matching import SHORTEST, Designation, key_of

#: The fields that hold a language's ways of writing a name: the official one, others that are right, those not to be used.
FIELDS = {
    CHINESE: ("chinese", "chinese_forms", "chinese_variants"),
    ENGLISH: ("english", "english_forms", "english_variants"),
}
_SEPARATORS = re.compile(r"[;；\r\n]")
_FORMS_HELP = _("Short and full forms that may stand in its place, one a line.")
_VARIANTS_HELP = _("Wrong or outdated ways of writing it, one a line. Whoever uses one is told the official name.")


class Name(index.Indexed, models.Model):
    """The official name of something in both languages, with the variants that are not to be used for it."""

    class Kind(models.TextChoices):
        ORGANISATION = "organisation", pgettext_lazy("kind of name", "organisation")
        POST = "post", _("post or title")
        PROGRAMME = "programme", _("programme or event")
        PLACE = "place", pgettext_lazy("kind of name", "place")
        PERSON = "person", _("person")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    chinese = models.CharField(_("official Chinese name"), max_length=200, unique=True)
    pinyin = models.CharField(
        _("pinyin"), max_length=500, blank=True, help_text=_("Left empty, it is made from the Chinese name.")
    )
    chinese_forms = models.TextField(_("other correct Chinese forms"), blank=True, help_text=_FORMS_HELP)
    chinese_variants = models.TextField(_("Chinese variants not to be used"), blank=True, help_text=_VARIANTS_HELP)
    english = models.CharField(_("English name"), max_length=300, blank=True)
    english_is_official = models.BooleanField(
        _("the English name is official"), default=False, help_text=_("Only where a source of the body itself says so.")
    )
    english_forms = models.TextField(_("other correct English forms"), blank=True, help_text=_FORMS_HELP)
    english_variants = models.TextField(_("English variants not to be used"), blank=True, help_text=_VARIANTS_HELP)
    note = models.TextField(_("remark"), blank=True)
    source = models.CharField(_("source"), max_length=255)
    source_url = WebAddressField(_("source's web address"), max_length=500, blank=True)
    as_of = PartialDateField(_("date of the source"), blank=True)

    search_fields = [
        index.AutocompleteField(name) for name in ("chinese", "english", "pinyin", *FIELDS[CHINESE][1:], *FIELDS[ENGLISH][1:])
    ]

    base_form_class = NameForm
    panels = [
        FieldPanel("kind"),
        MultiFieldPanel([FieldPanel(name) for name in ("chinese", "pinyin", *FIELDS[CHINESE][1:])], TranslatedTabs.CHINESE),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("english", "english_is_official", *FIELDS[ENGLISH][1:])], TranslatedTabs.ENGLISH
        ),
        MultiFieldPanel([FieldPanel(name) for name in ("source", "source_url", "as_of", "note")], _("Source")),
    ]

    class Meta:
        verbose_name = pgettext_lazy("entry of the register", "official name")
        verbose_name_plural = pgettext_lazy("entry of the register", "official names")
        ordering = ["chinese"]

    def __str__(self):
        return f"{self.chinese} = {self.english}" if self.english else self.chinese

    def save(self, *args, **kwargs):
        self.pinyin = self.pinyin or pinyin_reading(self.chinese)
        super().save(*args, **kwargs)

    def official(self, language) -> str:
        """Return the official name in `language`, "" where none is known."""
        return getattr(self, FIELDS[language][0])

    def designations(self) -> Iterator[Designation]:
        """Yield every way of writing the name, the official ones first."""
        return (designation for _field, designation in self._written())

    def _written(self) -> Iterator[tuple[str, Designation]]:
        """Yield every way of writing the name, with the field it stands in."""
        for language, (official, _forms, _variants) in FIELDS.items():
            if text := getattr(self, official):
                yield official, Designation(self, language, text, is_correct=True)
        for language, (_official, forms, variants) in FIELDS.items():
            for field, is_correct in ((forms, True), (variants, False)):
                for line in lines_of(getattr(self, field)):
                    yield field, Designation(self, language, line, is_correct)

    def clean(self):
        from terminology.register import current_register

        super().clean()
        self.check_against(current_register())

    def check_against(self, known) -> None:
        """Raise ValidationError, by field, where the name contradicts itself or the Register `known`."""
        errors: dict[str, list] = {}
        own: dict[str, Designation] = {}
        for field, designation in self._written():
            if problem := self._problem(designation, own, known):
                errors.setdefault(field, []).append(problem)
            own.setdefault(key_of(designation.text), designation)
        if self.english_is_official and not self.english:
            errors.setdefault("english", []).append(_("An official English name is marked here, but none is given."))
        if errors:
            raise ValidationError(errors)

    def _problem(self, designation: Designation, own: dict[str, Designation], known) -> str:
        text, key = designation.text, key_of(designation.text)
        if len(key) < SHORTEST or not any(map(str.isalnum, key)):
            return _("“%(text)s” is too short: nothing can be recognised by it.") % {"text": text}
        twin = own.get(key)
        if twin and (twin.language is designation.language or twin.is_correct is not designation.is_correct):
            return _("“%(text)s” stands here twice.") % {"text": text}
        for other in known.matcher.named(text):
            if other.name is self or (self.pk and other.name.pk == self.pk):
                continue
            values = {"text": text, "name": other.name}
            if designation.is_correct and not other.is_correct:
                return _("“%(text)s” is a variant not to be used of “%(name)s”.") % values
            if not designation.is_correct:
                return _("“%(text)s” belongs to “%(name)s” already.") % values
        return ""


def lines_of(text: str) -> list[str]:
    """Return what `text` lists, one a line or parted by semicolons, without blanks around each."""
    return [part.strip() for part in _SEPARATORS.split(text) if part.strip()]
