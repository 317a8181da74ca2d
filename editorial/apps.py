from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EditorialConfig(AppConfig):
    name = "editorial"
    verbose_name = _("Translation")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from core import releasing, untranslated
        from editorial import personal_data, promises, receivers
        from editorial.releasing import hold

        receivers.connect()
        releasing.register(hold)
        untranslated.register(promises.due_day_of)
        personal_data.register()
