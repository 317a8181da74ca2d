"""Taking in a Word document in the admin, and what is told of it afterwards."""

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
from wagtail.models import PageLogEntry

from news.models import NewsPage
from news.word.drafting import FROM_WORD, save_draft
from news.word.findings import from_json
from news.word.forms import WordForm, lists_of


class WordView(WagtailAdminTemplateMixin, FormView):
    """Makes a draft from a Word document, for who may add news."""

    page_title = gettext_lazy("News from a Word document")
    header_icon = "doc-full"
    template_name = "news/from_word.html"
    form_class = WordForm
    breadcrumbs_items = [*WagtailAdminTemplateMixin.breadcrumbs_items, {"url": "", "label": page_title}]

    def dispatch(self, request, *args, **kwargs):
        if not lists_of(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user}

    def get_initial(self):
        chosen = self.request.GET.get("list", "")
        return {"news_list": next((entry.pk for entry in lists_of(self.request.user) if str(entry.pk) == chosen), None)}

    def form_valid(self, form):
        page = save_draft(form.draft, form.chosen_list, self.request.user)
        messages.success(self.request, _("“%s” is a draft. Date, source and summary are yours to complete.") % page.title)
        if list(form.draft.findings):
            return redirect("news_from_word_findings", page.pk)
        return redirect("wagtailadmin_pages:edit", page.pk)


class FindingsView(WagtailAdminTemplateMixin, TemplateView):
    """What of a Word document did not reach the draft as it stood there, for who may edit the draft."""

    page_title = gettext_lazy("What the Word document holds besides")
    header_icon = "doc-full"
    template_name = "news/word_findings.html"

    @cached_property
    def page(self) -> NewsPage:
        page = get_object_or_404(NewsPage, pk=self.kwargs["page_id"])
        if not page.permissions_for_user(self.request.user).can_edit():
            raise PermissionDenied
        return page

    def get_breadcrumbs_items(self):
        own = {"url": "", "label": self.page_title, "sublabel": self.page.get_admin_display_title()}
        return [*super().get_breadcrumbs_items(), own]

    def get_context_data(self, **kwargs):
        page = self.page
        entry = taken_from_word(page)
        if entry is None:
            raise Http404("This page was not made from a Word document")
        return super().get_context_data(**kwargs) | {
            "page": page,
            "file": entry.data.get("file", ""),
            "findings": from_json(entry.data.get("findings", [])),
            "editor": reverse("wagtailadmin_pages:edit", args=(page.pk,)),
        }


def taken_from_word(page) -> PageLogEntry | None:
    """Return the entry of Wagtail's log by which `page` was made from a Word document, None where it was not."""
    return PageLogEntry.objects.filter(page=page.pk, action=FROM_WORD).first()
