from modeltranslation.translator import TranslationOptions, register

from .models import Figure, FigureValue, Milestone

BOTH = ("zh-hans", "en")


@register(Figure)
class FigureTranslation(TranslationOptions):
    fields = ("name", "unit", "description")
    required_languages = dict.fromkeys(BOTH, ("name",))


@register(FigureValue)
class FigureValueTranslation(TranslationOptions):
    fields = ("text", "source", "note")
    required_languages = dict.fromkeys(BOTH, ("source",))


@register(Milestone)
class MilestoneTranslation(TranslationOptions):
    fields = ("text", "number_unit", "source")
    required_languages = dict.fromkeys(BOTH, ("text", "source"))
