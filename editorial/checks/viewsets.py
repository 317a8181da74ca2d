from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import HeaderButton
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

from editorial.models import ListedWord


class ListedWordIndexView(IndexView):
    @cached_property
    def header_buttons(self):
        buttons = super().header_buttons
        if self.add_url:
            buttons.append(HeaderButton(_("Import from a file"), url=reverse("import_listed_words"), icon_name="upload"))
        return buttons


class ListedWordViewSet(SnippetViewSet):
    model = ListedWord
    index_view_class = ListedWordIndexView
    icon = "warning"
    menu_label = _("Words to avoid")
    menu_order = 235
    add_to_admin_menu = True
    list_display = [
        *("word", "replacement"),
        Column("get_language_display", label=_("Language"), sort_key="language"),
        Column("get_grade_display", label=_("Grade"), sort_key="grade"),
    ]
    list_filter = ["language", "grade"]
    search_fields = ["word", "replacement"]
    list_per_page = 50
