"""What the checks find in a text, on a page of its own, and the import of words to avoid."""

from django import forms
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.models import Page
from wagtail.permissions import policy_registry

from core.models import PortalPage, Record
from editorial.checks.running import findings
from editorial.checks.word_files import keep_words, read_words
from editorial.models import ListedWord
from editorial.pairs import record_types
from editorial.rights import may_see_pairs, reads_newest


def address_of_checks(item) -> str:
    """Return the address of the page on which the findings in `item` are listed."""
    if isinstance(item, Page):
        return reverse("checks_of_page", args=(item.pk,))
    return reverse("checks_of_record", args=(item._meta.app_label, item._meta.model_name, item.pk))


class ChecksView(WagtailAdminTemplateMixin, TemplateView):
    """The findings in the newest version of a page or record, each with a link to its place in the editor."""

    page_title = gettext_lazy("Checks of the text")
    header_icon = "glasses"
    template_name = "editorial/checks.html"

    def get_page_subtitle(self):
        return str(self.item)

    def get_breadcrumbs_items(self):
        own = {"url": "", "label": self.page_title, "sublabel": self.get_page_subtitle()}
        return [*super().get_breadcrumbs_items(), own]

    def get_context_data(self, **kwargs):
        newest = self.item.get_latest_revision_as_object()
        return super().get_context_data(**kwargs) | {"findings": findings(newest), "editor": self.editor}


class PageChecksView(ChecksView):
    @cached_property
    def item(self) -> PortalPage:
        page, user = get_object_or_404(Page, pk=self.kwargs["page_id"]).specific, self.request.user
        if not isinstance(page, PortalPage) or not may_see_pairs(user) or not reads_newest(user, page):
            raise PermissionDenied
        return page

    @property
    def editor(self) -> str:
        """The address of the form, "" for who may not open it."""
        may_edit = self.item.permissions_for_user(self.request.user).can_edit()
        return reverse("wagtailadmin_pages:edit", args=(self.item.pk,)) if may_edit else ""


class RecordChecksView(ChecksView):
    @cached_property
    def item(self) -> Record:
        try:
            model = apps.get_model(self.kwargs["app_label"], self.kwargs["model_name"])
        except LookupError as error:
            raise Http404(str(error)) from error
        if model not in record_types():
            raise Http404(f"{model} is no kind of record")
        if not policy_registry.get_by_type(model).user_has_permission(self.request.user, "change"):
            raise PermissionDenied
        return get_object_or_404(model, pk=self.kwargs["pk"])

    @property
    def editor(self) -> str:
        return reverse(self.item.snippet_viewset.get_url_name("edit"), args=(self.item.pk,))


class WordFileForm(forms.Form):
    file = forms.FileField(label=gettext_lazy("Text file"))

    def clean_file(self):
        return read_words(self.cleaned_data["file"].read())


class ImportWordsView(WagtailAdminTemplateMixin, FormView):
    """Takes words to avoid from a text file, all of them or none."""

    page_title = gettext_lazy("Import words to avoid")
    header_icon = "upload"
    template_name = "editorial/import_words.html"
    form_class = WordFileForm

    def dispatch(self, request, *args, **kwargs):
        policy = policy_registry.get_by_type(ListedWord)
        if not all(policy.user_has_permission(request.user, action) for action in ("add", "change")):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self):
        listed = {"url": reverse(ListedWord.snippet_viewset.get_url_name("list")), "label": _("Words to avoid")}
        return [*super().get_breadcrumbs_items(), listed, {"url": "", "label": self.page_title}]

    def form_valid(self, form):
        added, changed = keep_words(form.cleaned_data["file"], self.request.user)
        message = _("Words added: %(added)d. Words changed: %(changed)d.") % {"added": added, "changed": changed}
        messages.success(self.request, message)
        return redirect(ListedWord.snippet_viewset.get_url_name("list"))
