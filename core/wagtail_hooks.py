from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages

from core.rich_text import PortalPageLinkHandler


@hooks.register("register_rich_text_features", order=10)
def register_page_links(features):
    features.register_link_type(PortalPageLinkHandler)


@hooks.register("before_unpublish_page")
def keep_no_public_page_below_an_unpublished_one(request, page):
    """Refuse to take a page down alone while pages below it are public: they would stay readable at their addresses."""
    takes_all = bool(request.POST.get("include_descendants"))
    if request.method == "POST" and not takes_all and page.get_descendants().live().exists():
        messages.error(request, _("Pages below this one are public. Tick the box that takes them down too."))
        return redirect("wagtailadmin_pages:unpublish", page.pk)
    return None
