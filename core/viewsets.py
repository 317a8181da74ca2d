"""The admin's lists and choosers of records, which find a name in either language or by its pinyin."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import LiveStatusTagColumn, UpdatedAtColumn
from wagtail.snippets.views.chooser import ChooseResultsView, ChooseView, SnippetChooserViewSet
from wagtail.snippets.views.snippets import SnippetViewSet

STATUS = LiveStatusTagColumn(label=_("Status"))
UPDATED = UpdatedAtColumn(label=_("Updated"))


class RecordFilterForm(BaseFilterForm):
    """The chooser's search box: every word has to stand in one of the model's `chooser_fields`."""

    q = forms.CharField(label=_("Name in either language, or pinyin"), required=False, max_length=100)

    def filter(self, objects):
        objects = super().filter(objects)
        self.search_query = self.cleaned_data.get("q", "")
        self.is_searching = bool(self.search_query)
        return objects.model.objects.named_like(self.search_query).filter(pk__in=objects) if self.is_searching else objects


class _FindsByName:
    filter_form_class = RecordFilterForm


class RecordChooseView(_FindsByName, ChooseView):
    pass


class RecordChooseResultsView(_FindsByName, ChooseResultsView):
    pass


class RecordChooserViewSet(SnippetChooserViewSet):
    choose_view_class = RecordChooseView
    choose_results_view_class = RecordChooseResultsView


class RecordViewSet(SnippetViewSet):
    """A record in the admin; `search_fields` name columns, because both databases find Chinese substrings there."""

    chooser_viewset_class = RecordChooserViewSet
    search_backend_name = None
    list_per_page = 50
    select_related: tuple[str, ...] = ()

    def get_queryset(self, request):
        return self.model.objects.select_related(*self.select_related)
