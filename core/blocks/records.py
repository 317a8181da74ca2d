"""Blocks that show a record kept elsewhere."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.blocks import SnippetChooserBlock


class DatedFigureBlock(SnippetChooserBlock):
    """A figure of the programme with its date and source; it follows the record when a newer value comes."""

    def __init__(self, **kwargs):
        super().__init__("programs.Figure", **kwargs)

    def get_searchable_content(self, value) -> list[str]:
        return value.searchable_text() if value and value.live else []

    class Meta:
        icon = "order"
        label = _("Dated figure")
        template = "blocks/dated_figure.html"
