from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("Accounts")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from accounts import expired_sessions, personal_data, receivers, unused

        receivers.connect()
        expired_sessions.register()
        personal_data.register()
        unused.register()
