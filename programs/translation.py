from modeltranslation.translator import TranslationOptions, register

from .models import Figure, FigureValue, Milestone

BOTH = ("zh-hans", "en")


@register(Figure)
class FigureTranslation(TranslationOptions):
    fields = ("name", "unit", "description")
    required_languages = {language: ("name",) for language in BOTH}


@register(FigureValue)
class FigureValueTranslation(TranslationOptions):
    fields = ("text", "source", "note")
    required_languages = {language: ("source",) for language in BOTH}


@register(Milestone)
class MilestoneTranslation(TranslationOptions):
    fields = ("text", "number_unit", "source")
    required_languages = {language: ("text", "source") for language in BOTH}
