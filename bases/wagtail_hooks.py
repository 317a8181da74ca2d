from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from bases.models import Base, BaseCategory, Province
from core.viewsets import STATUS, UPDATED, RecordViewSet


class BaseViewSet(RecordViewSet):
    model = Base
    icon = "home"
    menu_label = _("Bases")
    list_display = ["short_name", Column("category", label=_("Kind")), "province", "year", STATUS, UPDATED]
    list_filter = ["category", "province", "host_type", "confidence", "live"]
    search_fields = ["name_zh_hans", "name_en", "short_name_zh_hans", "short_name_en", "pinyin"]
    select_related = ("category", "province", "latest_revision")


class BaseCategoryViewSet(RecordViewSet):
    model = BaseCategory
    icon = "tag"
    menu_label = _("Kinds of base")
    list_display = ["short_name", "applications", "applications_year", STATUS, UPDATED]
    search_fields = ["name_zh_hans", "name_en"]


class ProvinceViewSet(SnippetViewSet):
    model = Province
    icon = "globe"
    menu_label = _("Provinces")
    list_display = ["name", "code", "tile_column", "tile_row"]
    search_fields = ["name_zh_hans", "name_en", "code"]
    search_backend_name = None


@register_snippet
class BasesGroup(SnippetViewSetGroup):
    menu_label = _("Bases")
    menu_icon = "home"
    menu_order = 200
    items = (BaseViewSet, BaseCategoryViewSet, ProvinceViewSet)
