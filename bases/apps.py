from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from core.findable import FILTERS, NAME_SOURCES, Filter


class BasesConfig(AppConfig):
    name = "bases"
    verbose_name = _("Bases")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from bases import naming
        from bases.models import Base, Province
        from bases.touched import LINK, touched_by_base
        from core.watching import on_change, watch
        from core.watching.shown import UNSEEN_OF_RECORDS

        watch(Province)
        watch(Base, ignored=UNSEEN_OF_RECORDS, aspects={"link": LINK})
        on_change(Base, touched_by_base)
        FILTERS.append(Filter("province", _("Province"), naming.province_options))
        NAME_SOURCES.append(naming.names)
