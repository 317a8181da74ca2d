from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from core.viewsets import STATUS, UPDATED, RecordViewSet
from programs.models import Figure, Milestone


class FigureViewSet(RecordViewSet):
    model = Figure
    icon = "order"
    menu_label = _("Figures")
    list_display = ["name", "slug", STATUS, UPDATED]


class MilestoneViewSet(RecordViewSet):
    model = Milestone
    icon = "history"
    menu_label = _("Milestones")
    list_display = ["date", "text", BooleanColumn("featured", label=_("on the home page")), STATUS, UPDATED]
    list_filter = ["featured", "live"]


@register_snippet
class ProgramGroup(SnippetViewSetGroup):
    menu_label = _("Programme")
    menu_icon = "history"
    menu_order = 210
    items = (FigureViewSet, MilestoneViewSet)
