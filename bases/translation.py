from modeltranslation.translator import TranslationOptions, register

from .models import Base, BaseCategory, Evaluation, Province

BOTH = ("zh-hans", "en")


@register(Province)
class ProvinceTranslation(TranslationOptions):
    fields = ("name", "short_name")
    required_languages = BOTH


@register(BaseCategory)
class BaseCategoryTranslation(TranslationOptions):
    fields = ("name", "short_name", "description", "hosts", "source")
    required_languages = dict.fromkeys(BOTH, ("name", "short_name", "description", "source"))


@register(Base)
class BaseTranslation(TranslationOptions):
    fields = ("name", "short_name", "host", "city", "description", "source", "other_sources")
    required_languages = dict.fromkeys(BOTH, ("name", "short_name", "source"))


@register(Evaluation)
class EvaluationTranslation(TranslationOptions):
    fields = ("result", "source")
    required_languages = BOTH
