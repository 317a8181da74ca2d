from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from core.models import PortalPage
from portal.blocks import HomeSections


class HomePage(PortalPage):
    """The front page of a language: what the programme is, and sections composed by editors."""

    statement = models.TextField(
        _("what the programme is"), max_length=400, blank=True, help_text=_("One sentence, set large at the top.")
    )
    sections = StreamField(HomeSections(), verbose_name=_("sections"), blank=True)

    column_type = _("Front page")
    template = "pages/home.html"
    content_panels = [*PortalPage.content_panels, FieldPanel("statement"), FieldPanel("sections")]
    parent_page_types = ["wagtailcore.Page"]

    class Meta:
        verbose_name = _("home page")

    def searchable_text(self) -> str:
        """Return the page's own sentence: its sections show what is found elsewhere."""
        return self.statement
