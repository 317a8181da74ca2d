from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from core.findable import FILTERS, NAME_SOURCES, Filter


class BasesConfig(AppConfig):
    name = "bases"
    verbose_name = _("Bases")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from bases import naming

        FILTERS.append(Filter("province", _("Province"), naming.province_options))
        NAME_SOURCES.append(naming.names)
