from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "portal"
    verbose_name = _("Portal")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from core import watching
        from enquiries import office
        from portal.models.settings import office_email

        office.register(office_email)
        watching.connect()
