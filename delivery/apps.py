from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeliveryConfig(AppConfig):
    name = "delivery"
    verbose_name = _("Delivery")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from wagtail.contrib.redirects.models import Redirect

        from core import changes, retention
        from delivery import violations
        from delivery.redirects import own_address

        # On the field, so that it holds for the form, the import and whatever else checks a redirect.
        Redirect._meta.get_field("redirect_link").validators.append(own_address)
        retention.register(retention.Rule("changes", "changes of what readers see forgotten", changes.forget_old))
        retention.register(retention.Rule("csp_reports", "reports of browsers forgotten", violations.forget_old))
