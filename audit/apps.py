from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    name = "audit"
    verbose_name = _("Audit")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from audit import guards, personal_data, receivers, retention

        post_migrate.connect(guards.after_migrate, sender=self)
        receivers.connect()
        personal_data.register()
        retention.register()
