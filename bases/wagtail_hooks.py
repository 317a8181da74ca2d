from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
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
    select_related = ("category", "province")


class BaseCategoryViewSet(RecordViewSet):
    model = BaseCategory
    icon = "tag"
    menu_label = _("Kinds of base")
    list_display = ["short_name", "applications", "applications_year", STATUS, UPDATED]


class ProvinceViewSet(SnippetViewSet):
    model = Province
    icon = "globe"
    menu_label = _("Provinces")
    list_display = ["name", "code", "tile_column", "tile_row"]


@register_snippet
class BasesGroup(SnippetViewSetGroup):
    menu_label = _("Bases")
    menu_icon = "home"
    menu_order = 200
    items = (BaseViewSet, BaseCategoryViewSet, ProvinceViewSet)


@hooks.register("before_unpublish")
def keep_a_kind_that_is_in_use(request, record):
    """Refuse to take down a kind of base that public bases are of: they would name it all the same."""
    if isinstance(record, BaseCategory) and request.method == "POST" and record.bases.live().exists():
        messages.error(request, gettext("Public bases are of this kind. Give them another kind first, or take them down."))
        return redirect(record.snippet_viewset.get_url_name("edit"), record.pk)
    return None
