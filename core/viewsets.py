"""The admin's lists of records."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import LiveStatusTagColumn, UpdatedAtColumn
from wagtail.permissions import policy_registry
from wagtail.snippets.views.chooser import (
    ChooseResultsView,
    ChooseView,
    SnippetChooserViewSet,
    SnippetChosenMultipleView,
    SnippetChosenView,
)
from wagtail.snippets.views.snippets import HistoryView, RevisionsUnscheduleView, SnippetViewSet, UnpublishView

from core.permissions import TAKE_DOWN

STATUS = LiveStatusTagColumn(label=_("Status"))
UPDATED = UpdatedAtColumn(label=_("Updated"))


def offered(records, user):
    """Return those of the queryset `records` that a chooser may name to `user`: drafts only to who may change such records."""
    may_change = policy_registry.get_by_type(records.model).user_has_permission(user, "change")
    return records if may_change else records.filter(live=True)


class RecordChooseView(ChooseView):
    def get_object_list(self):
        return offered(super().get_object_list(), self.request.user)


class RecordChooseResultsView(ChooseResultsView):
    def get_object_list(self):
        return offered(super().get_object_list(), self.request.user)


class RecordChosenView(SnippetChosenView):
    def get_object(self, pk):
        return offered(self.model_class.objects.all(), self.request.user).get(pk=pk)


class RecordChosenMultipleView(SnippetChosenMultipleView):
    def get_objects(self, pks):
        return offered(super().get_objects(pks), self.request.user)


class RecordChooserViewSet(SnippetChooserViewSet):
    choose_view_class = RecordChooseView
    choose_results_view_class = RecordChooseResultsView
    chosen_view_class = RecordChosenView
    chosen_multiple_view_class = RecordChosenMultipleView


class RecordUnpublishView(UnpublishView):
    permission_required = TAKE_DOWN


class RecordUnscheduleView(RevisionsUnscheduleView):
    permission_required = TAKE_DOWN


class RecordHistoryView(HistoryView):
    def user_can_unschedule(self):
        return self.user_has_permission(TAKE_DOWN)


class RecordViewSet(SnippetViewSet):
    """A record in the admin, found by any part of its names in either language or by their pinyin."""

    chooser_viewset_class = RecordChooserViewSet
    unpublish_view_class = RecordUnpublishView
    revisions_unschedule_view_class = RecordUnscheduleView
    history_view_class = RecordHistoryView
    list_per_page = 50
    select_related: tuple[str, ...] = ()

    def get_queryset(self, request):
        return self.model.objects.with_status().select_related("latest_revision", *self.select_related)
