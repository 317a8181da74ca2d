from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages

from core.report_entries import ReportEntry, report_addresses
from portal import summary
from portal.reports import UnknownLinksReport
from portal.unknown_links import unknown_links
from portal.welcome import WelcomePanel

NAMED = 5

hooks.register("construct_homepage_summary_items", summary.put_in_place, order=1)  # after Wagtail's own


def _warn_of_unknown_links(request, page) -> None:
    if links := unknown_links(page):
        named = " · ".join(link[:100] for link in links[:NAMED]) + (" …" if len(links) > NAMED else "")
        messages.warning(request, _("Before it is published, look at links to hosts that the portal does not know: %s") % named)


@hooks.register("before_edit_page")
def name_unknown_links_to_whoever_opens_the_page(request, page):
    if request.method == "GET":
        _warn_of_unknown_links(request, page)


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def name_unknown_links_to_whoever_submits_the_page(request, page):
    if "action-submit" in request.POST:
        _warn_of_unknown_links(request, page)


@hooks.register("register_admin_urls")
def addresses():
    return report_addresses(UnknownLinksReport, "reports/unknown-links/")


@hooks.register("register_reports_menu_item")
def unknown_links_entry():
    return ReportEntry(UnknownLinksReport, UnknownLinksReport.is_open_to, order=920)


@hooks.register("construct_homepage_panels")
def welcome(request, panels):
    panels.append(WelcomePanel())


@hooks.register("construct_help_menu")
def offer_help_of_this_portal_alone(request, menu_items):
    """Leave out what leads to Wagtail's own site and names its version."""
    menu_items[:] = [item for item in menu_items if not item.name.startswith(("whats-new-in-wagtail", "editor-guide"))]
