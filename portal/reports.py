"""What the portal's staff should look at."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.models import Page
from wagtail.permissions import policy_registry

from portal.unknown_links import known_hosts, unknown_links

READERS = ["add", "change", "publish"]


class UnknownLinksReport(ReportView):
    """The live pages with links to hosts that the portal does not know, with those links."""

    model = Page
    any_permission_required = READERS
    page_title = _("Links to unknown hosts")
    header_icon = "link-external"
    index_url_name = "unknown_links"
    index_results_url_name = "unknown_links_results"
    columns = [
        TitleColumn("title", label=_("Page"), url_name="wagtailadmin_pages:edit"),
        Column("unknown_links", label=_("Links to unknown hosts")),
        DateColumn("last_published_at", label=_("Published")),
    ]
    list_export = ["title", "url_path", "unknown_links", "last_published_at"]
    export_headings = {"title": _("Page"), "url_path": _("Address"), "unknown_links": _("Links to unknown hosts")}

    def get_queryset(self):
        hosts, found = known_hosts(), {}
        for page in Page.objects.live().specific().iterator(chunk_size=200):
            if links := unknown_links(page, hosts):
                found[page.pk] = "\n".join(links)
        pages = Page.objects.filter(pk__in=found).order_by("-last_published_at", "pk")
        for page in pages:
            page.unknown_links = found[page.pk]
        return pages

    @staticmethod
    def is_open_to(user) -> bool:
        return policy_registry.get_by_type(Page).user_has_any_permission(user, READERS)
