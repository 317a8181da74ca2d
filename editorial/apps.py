from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EditorialConfig(AppConfig):
    name = "editorial"
    verbose_name = _("Translation")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from core import obstacles
        from editorial import personal_data, receivers
        from editorial.checks.house import register_checks
        from editorial.checks.running import grave_faults

        register_checks()
        obstacles.register(grave_faults)
        receivers.connect()
        personal_data.register()
