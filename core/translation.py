from modeltranslation.translator import TranslationOptions, register

from .models import PortalImage


@register(PortalImage)
class PortalImageTranslation(TranslationOptions):
    fields = ("alt_text", "credit")
