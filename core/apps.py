from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = _("Shared by every page")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from django.db.models.signals import post_migrate, pre_migrate
        from wagtail.admin import auth
        from wagtail.admin.views.account import AvatarSettingsPanel
        from wagtail.admin.views.mixins import SpreadsheetExportMixin

        from core import changes, page_changes, personal_data, transactions
        from core.authorship import AuthorshipKeeper
        from core.chooser_starts import write_choosers_without_scripts
        from core.spreadsheets import csv_cell
        from core.watching.shown import watch_what_is_shown

        write_choosers_without_scripts()
        pre_migrate.connect(changes.begin_migrating, sender=self)
        post_migrate.connect(changes.end_migrating, sender=self)
        watch_what_is_shown()
        page_changes.connect()
        personal_data.register(AuthorshipKeeper())
        auth.permission_denied = transactions.deny
        # Wagtail has no setting for these two. In XLSX it marks texts as such itself.
        SpreadsheetExportMixin.custom_value_preprocess[list].pop("csv", None)
        SpreadsheetExportMixin.custom_value_preprocess[object] = {"csv": csv_cell}
        AvatarSettingsPanel.is_active = lambda panel: False
