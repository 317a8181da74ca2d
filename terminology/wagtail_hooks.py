from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.widgets.button import Button
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import IndexView, InspectView, SnippetViewSet

from terminology.importing import ImportView, may_import
from terminology.models import Name, lines_of
from terminology.tables import COLUMNS, SEVERAL, cells_of


class NamesView(IndexView):
    """The register: looked up by Chinese, pinyin, initials or English, also by a variant."""

    def get_header_more_buttons(self):
        buttons = super().get_header_more_buttons()
        if may_import(self.request.user):
            buttons.append(
                Button(ImportView.page_title, reverse("import_names"), icon_name=ImportView.header_icon, priority=90)
            )
        return buttons

    def to_row_dict(self, item):
        return cells_of(item)


class NameView(InspectView):
    """An entry of the register, to read."""

    def get_field_display_value(self, field_name, field):
        if field_name in SEVERAL:
            return " · ".join(lines_of(getattr(self.object, field_name)))
        return super().get_field_display_value(field_name, field)

    def get_english_is_official_display_value(self):
        return _("yes") if self.object.english_is_official else _("no")


@register_snippet
class NameViewSet(SnippetViewSet):
    model = Name
    index_view_class = NamesView
    icon = "openquote"
    menu_label = _("Official names")
    menu_order = 225
    add_to_admin_menu = True
    inspect_view_enabled = True
    inspect_view_class = NameView
    inspect_view_fields = COLUMNS
    list_display = [
        *("chinese", "english", "pinyin", "kind"),
        BooleanColumn("english_is_official", label=_("English official"), sort_key="english_is_official"),
    ]
    list_filter = ["kind", "english_is_official"]
    list_export = COLUMNS
    export_headings = {column: column for column in COLUMNS}
    export_filename = "official-names"
    list_per_page = 50


@hooks.register("register_admin_urls")
def import_address():
    return [path("official-names/import/", ImportView.as_view(), name="import_names")]
