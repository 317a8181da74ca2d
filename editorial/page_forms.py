from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.views.generic import FormView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.models import Page

from core.languages import other_language
from core.models import PortalPage
from core.pairing import language_of


class PageFormView(WagtailAdminTemplateMixin, FormView):
    """A form of the admin about a page, whose number stands in the address, and its other language."""

    @cached_property
    def page(self) -> PortalPage:
        page = get_object_or_404(Page, pk=self.kwargs["page_id"]).specific
        if not isinstance(page, PortalPage) or not self.admits(page):
            raise PermissionDenied
        return page

    def admits(self, page: PortalPage) -> bool:
        """Return whether the person who asks may use the form for `page`."""
        raise NotImplementedError

    def get_breadcrumbs_items(self):
        own = {"url": "", "label": self.page_title, "sublabel": self.page.get_admin_display_title()}
        return [*super().get_breadcrumbs_items(), own]

    def get_context_data(self, **kwargs):
        language = language_of(self.page)
        return super().get_context_data(**kwargs) | {
            "page": self.page,
            "language": language,
            "other": other_language(language),
        }
