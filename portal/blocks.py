"""The sections an editor composes the home page of."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from bases.atlas import whole_atlas
from bases.models import BaseIndexPage
from core.blocks import CheckedStreamBlock
from core.pairing import language_of
from core.structure import structure_of
from core.visibility import narrowed_to_public
from news.models import NewsIndexPage, NewsPage
from news.tags import newest_in
from programs.models import Milestone

NEWS_SHOWN = 6


class SectionBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Heading"), max_length=60)

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        page, request = context.get("page"), context.get("request")
        return context | self.section_context(page, request) if page and request else context

    def section_context(self, page, request) -> dict:
        """Return what the section shows on the home page `page`."""
        return {}


class LeadNewsBlock(SectionBlock):
    """The newest news: the lead story and five more."""

    class Meta:
        icon = "doc-full"
        label = _("News")
        template = "components/home/lead_news.html"

    def section_context(self, page, request):
        with narrowed_to_public(newest_in(page.locale_id), aspect="card"):
            items = list(NewsPage.objects.for_cards().filter(locale=page.locale_id)[:NEWS_SHOWN])
        return {
            "items": items,
            "news_index": structure_of(request).page_of_type(NewsIndexPage, language_of(page)),
        }


class FiguresBlock(SectionBlock):
    figures = blocks.ListBlock(SnippetChooserBlock("programs.Figure"), label=_("Figures"), min_num=1, max_num=4)

    class Meta:
        icon = "order"
        label = _("Dated figures")
        template = "components/home/figures.html"


class BaseAtlasBlock(SectionBlock):
    text = blocks.TextBlock(label=_("Text"), required=False, rows=2)

    class Meta:
        icon = "globe"
        label = _("Base atlas")
        template = "components/home/base_atlas.html"

    def section_context(self, page, request):
        directory = structure_of(request).page_of_type(BaseIndexPage, language_of(page))
        atlas = whole_atlas()
        return {
            "atlas": atlas,
            "directory_path": directory.get_url() if directory else "",
            "total": atlas.abroad + sum(tile.count for tile in atlas.tiles),
        }


class WaysToTakePartBlock(SectionBlock):
    steps = blocks.ListBlock(
        blocks.StructBlock(
            [
                ("title", blocks.CharBlock(label=_("Title"), max_length=60)),
                ("text", blocks.TextBlock(label=_("Text"), rows=2)),
                ("page", blocks.PageChooserBlock(label=_("Page"), required=False)),
            ]
        ),
        label=_("Steps"),
        min_num=1,
        max_num=6,
    )

    class Meta:
        icon = "list-ol"
        label = _("Ways to take part")
        template = "components/home/ways_to_take_part.html"


class MilestonesSectionBlock(SectionBlock):
    class Meta:
        icon = "history"
        label = _("Milestones")
        template = "components/home/milestones.html"

    def section_context(self, page, request):
        return {"milestones": Milestone.objects.live().featured()}


class ProgrammeTeasersBlock(SectionBlock):
    pages = blocks.ListBlock(
        blocks.PageChooserBlock(label=_("Page"), page_type="programs.ProgramPage"), label=_("Pages"), min_num=1, max_num=6
    )

    class Meta:
        icon = "doc-full-inverse"
        label = _("About the programme")
        template = "components/home/programme_teasers.html"

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        structure = structure_of(context["request"])
        return context | {"teasers": [page for page in value["pages"] if page and structure.shows(page)]}


class HomeSections(CheckedStreamBlock):
    lead_news = LeadNewsBlock()
    figures = FiguresBlock()
    base_atlas = BaseAtlasBlock()
    ways_to_take_part = WaysToTakePartBlock()
    milestones = MilestonesSectionBlock()
    programme_teasers = ProgrammeTeasersBlock()

    class Meta:
        template = "blocks/body.html"
