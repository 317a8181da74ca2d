from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("Accounts")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from wagtail.admin.ui.sidebar import MainMenuModule

        from accounts import expired_sessions, personal_data, policies, receivers, unused

        # Wagtail knows given names alone, and has no setting for this.
        menu_arguments = MainMenuModule.js_args

        def with_full_name(menu):
            *items, person = menu_arguments(menu)
            return [*items, person | {"name": menu.user.get_short_name()}]

        MainMenuModule.js_args = with_full_name
        policies.register_record_policies()
        receivers.connect()
        expired_sessions.register()
        personal_data.register()
        unused.register()
