from modeltranslation.translator import TranslationOptions, register

from .models import SiteSettings


@register(SiteSettings)
class SiteSettingsTranslation(TranslationOptions):
    fields = ("site_name", "tagline", "organiser", "organiser_description", "copyright", "contact_address")
    required_languages = dict.fromkeys(("zh-hans", "en"), ("site_name", "organiser"))
