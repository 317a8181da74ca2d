"""The admin's lists of records."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import LiveStatusTagColumn, UpdatedAtColumn
from wagtail.snippets.views.snippets import SnippetViewSet

STATUS = LiveStatusTagColumn(label=_("Status"))
UPDATED = UpdatedAtColumn(label=_("Updated"))


class RecordViewSet(SnippetViewSet):
    """A record in the admin, found by any part of its names in either language or by their pinyin."""

    list_per_page = 50
    select_related: tuple[str, ...] = ()

    def get_queryset(self, request):
        return self.model.objects.select_related(*self.select_related)
