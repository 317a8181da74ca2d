from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReadershipConfig(AppConfig):
    name = "readership"
    verbose_name = _("Readership")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from core import retention
        from readership.models import DailyViews

        retention.register(retention.Rule("views", "daily counts of views forgotten", DailyViews.objects.forget_old))
