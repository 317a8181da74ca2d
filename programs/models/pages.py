from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from core.blocks import body_field
from core.contents import contents_of
from core.findable import Kind
from core.models import PortalPage
from core.page_tags import children_of, siblings_of
from core.visibility import narrowed_to_public, visible
from programs.blocks import ProgramBodyBlocks


class ProgramIndexPage(PortalPage):
    """The programme's front page: an overview and the way to each of its parts."""

    body = body_field(ProgramBodyBlocks())

    search_kind = Kind.PROGRAMME
    template = "pages/program_index.html"
    content_panels = [*PortalPage.content_panels, FieldPanel("body")]
    parent_page_types = ["portal.HomePage"]
    subpage_types = ["programs.ProgramPage"]
    show_in_menus_default = True

    class Meta:
        verbose_name = _("programme front page")

    def get_context(self, request, *args, **kwargs):
        with narrowed_to_public(children_of(self), aspect="card"):
            parts = list(_in_list(ProgramPage.objects.child_of(self)))
        return super().get_context(request, *args, **kwargs) | {"parts": parts}


class ProgramPage(PortalPage):
    """A part of the programme's description, with a list of contents."""

    body = body_field(ProgramBodyBlocks())

    search_kind = Kind.PROGRAMME
    template = "pages/program.html"
    content_panels = [*PortalPage.content_panels, FieldPanel("body")]
    parent_page_types = ["programs.ProgramIndexPage"]
    subpage_types = []

    class Meta:
        verbose_name = _("programme page")

    def get_context(self, request, *args, **kwargs):
        with narrowed_to_public(siblings_of(self), aspect="card"):
            parts = list(_in_list(ProgramPage.objects.sibling_of(self)))
        position = next((place for place, part in enumerate(parts) if part.pk == self.pk), None)
        previous_part = next_part = None
        if position is not None:
            previous_part = parts[position - 1] if position else None
            next_part = parts[position + 1] if position + 1 < len(parts) else None
        return super().get_context(request, *args, **kwargs) | {
            "parts": parts,
            "contents": contents_of(self.body),
            "previous_page": previous_part,
            "next_page": next_part,
        }


def _in_list(pages):
    """Return the public ones of `pages` in their order, without what a list does not show."""
    return visible(pages).defer_streamfields().select_related("locale").order_by("path")
