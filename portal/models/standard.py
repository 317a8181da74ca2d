from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from core.blocks import body_field
from core.contents import contents_of
from core.models import PortalPage
from core.page_tags import TREE
from core.visibility import narrowed_to_public, visible


class StandardPage(PortalPage):
    """A page of plain text: about, contact, privacy, accessibility."""

    body = body_field()

    template = "pages/standard.html"
    content_panels = [*PortalPage.content_panels, FieldPanel("body")]
    parent_page_types = ["portal.HomePage"]
    subpage_types = []

    class Meta:
        verbose_name = _("standard page")

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | {"contents": contents_of(self.body)}


class SiteMapPage(PortalPage):
    """All pages of a language as one nested list."""

    template = "pages/site_map.html"
    parent_page_types = ["portal.HomePage"]
    subpage_types = []
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("site map")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        home = context["menu"].home
        with narrowed_to_public(TREE, aspect=None):
            pages = list(visible(Page.objects.descendant_of(home)).order_by("path"))
        return context | {"branches": _branches(pages, home.depth + 1)}


def _branches(pages, depth: int) -> list[dict]:
    """Return the pages of `depth` in tree order, each with its descendants in order."""
    branches = []
    for page in pages:
        if page.depth == depth:
            branches.append({"page": page, "below": []})
        elif branches:
            branches[-1]["below"].append(page)
    return branches
