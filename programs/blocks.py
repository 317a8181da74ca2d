from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from core.blocks import BodyBlocks


class MilestonesBlock(blocks.StructBlock):
    """The programme's milestones as they stand in the records: all of them, or those of the home page."""

    title = blocks.CharBlock(label=_("Title"), required=False, max_length=120)
    which = blocks.ChoiceBlock(
        label=_("Which"), choices=[("all", _("All")), ("featured", _("Those of the home page"))], default="all"
    )

    class Meta:
        icon = "history"
        label = _("Milestones")
        template = "blocks/milestones.html"

    def get_context(self, value, parent_context=None):
        return super().get_context(value, parent_context) | {"milestones": self.milestones(value)}

    def get_searchable_content(self, value) -> list[str]:
        return [value["title"], *(milestone.text for milestone in self.milestones(value) if milestone.text)]

    @staticmethod
    def milestones(value):
        # Imported here: the models of this app hold fields made of these blocks.
        from programs.models import Milestone

        milestones = Milestone.objects.live()
        return milestones.featured() if value["which"] == "featured" else milestones


class ProgramBodyBlocks(BodyBlocks):
    milestones = MilestonesBlock()

    class Meta:
        template = "blocks/body.html"
