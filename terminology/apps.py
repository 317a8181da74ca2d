from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TerminologyConfig(AppConfig):
    name = "terminology"
    verbose_name = _("Official names")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from core.watching import watch
        from terminology.models import Name
        from terminology.register import UNSEEN

        watch(Name, ignored=UNSEEN)
