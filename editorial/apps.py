from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EditorialConfig(AppConfig):
    name = "editorial"
    verbose_name = _("Translation")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from core import obstacles, releasing, untranslated
        from core.watching.registry import watch
        from editorial import matching, personal_data, promises, receivers
        from editorial.checks.house import register_checks
        from editorial.checks.running import grave_faults
        from editorial.models import Promise
        from editorial.releasing import hold

        register_checks()
        obstacles.register(grave_faults)
        receivers.connect()
        releasing.register(hold)
        untranslated.register(promises.due_day_of)
        watch(Promise, ignored=("stated_by", "stated_at", "was_reminded", "was_told_overdue"))
        personal_data.register()
        matching.register()
