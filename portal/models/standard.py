from functools import reduce
from operator import or_

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from core.blocks import body_field
from core.contents import contents_of
from core.models import PortalPage
from core.page_tags import TREE
from core.partial_dates import format_partial_date
from core.structure import structure_of
from core.visibility import narrowed_to_public, visible
from news.archive import archive_years
from news.models import NewsIndexPage


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
    """All pages of a language as one nested list; news by its years."""

    template = "pages/site_map.html"
    parent_page_types = ["portal.HomePage"]
    subpage_types = []
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("site map")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        tops = structure_of(request).below(context["menu"].home)
        below = {top.pk: _years_of(top) for top in tops if issubclass(top.specific_class, NewsIndexPage)}
        others = {top.path: top.pk for top in tops if top.pk not in below}
        places = [Q(path__range=Page._get_children_path_interval(path)) for path in others]
        with narrowed_to_public(TREE, aspect=None):
            found = list(visible(Page.objects.filter(reduce(or_, places, Q(pk__in=[])))).order_by())
            # Put in order here: SQLite would walk through all pages in theirs.
            for page in sorted(found, key=lambda page: page.path):
                top = others[page.path[: len(next(iter(others)))]]
                below.setdefault(top, []).append({"title": page.title, "path": page.url})
        return context | {"branches": [{"page": top, "below": below.get(top.pk, [])} for top in tops]}


def _years_of(index) -> list[dict]:
    """Return the years of a news list, each for all its items: the map stays one page, however much news there is."""
    years = [year.year for year in archive_years(index.locale_id)]
    return [{"title": format_partial_date(year), "path": f"{index.get_url()}{year}/"} for year in years]
