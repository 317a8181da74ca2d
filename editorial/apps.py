from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EditorialConfig(AppConfig):
    name = "editorial"
    verbose_name = _("Translation")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from core import obstacles, releasing, untranslated
        from editorial import matching, personal_data, promises, receivers
        from editorial.checks.house import register_checks
        from editorial.checks.running import grave_faults
        from editorial.releasing import hold

        register_checks()
        obstacles.register(grave_faults)
        receivers.connect()
        releasing.register(hold)
        untranslated.register(promises.due_day_of)
        personal_data.register()
        matching.register()
