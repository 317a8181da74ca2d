"""The auditor's way through the admin: everything opens, nothing is changed.

Many of Wagtail's views show what they show to those who may change it. While a request that changes nothing (GET, HEAD,
OPTIONS) is answered, an auditor's rights to view count as the rights to change; for every other request he has none.
"""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseForbidden
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.admin import messages

from accounts.choosing import chosen_in_list, may_choose

SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
#: What belongs to the person and not to the portal: account, second factor, sessions, sign-in and sign-out.
OWN_VIEWS = ("account_", "mfa_", "usersessions_", "wagtailadmin_account", "wagtailadmin_log", "wagtailadmin_dismissibles")
#: Makes pages out of aliases, of which there are none.
CLOSED_VIEW = "wagtailadmin_pages:convert_alias"
#: Names any page by its id, past the hook that narrows the page choosers.
CHOSEN_PAGES = "wagtailadmin_choose_page_chosen_multiple"
#: Names the pages that are chosen in a list, also those that one may do nothing with.
BULK_ACTION = "wagtail_bulk_action"


class AdminGuardMiddleware:
    """Close what nobody needs in the admin, and let auditors read only."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if not request.path_info.startswith(f"/{settings.ADMIN_PATH}"):
            return None
        name, user = request.resolver_match.view_name, request.user
        if name == CLOSED_VIEW:
            raise Http404(f"{name} is closed")
        if user.is_authenticated and user.only_reads and not name.startswith(OWN_VIEWS):
            if request.method not in SAFE_METHODS:
                return _refusal(request)
            user.is_reading = True
        if name == CHOSEN_PAGES and not may_choose(user, request.GET.getlist("id")):
            raise PermissionDenied
        acts_on_pages = name == BULK_ACTION and (kwargs["app_label"], kwargs["model_name"]) == ("wagtailcore", "page")
        if acts_on_pages and not may_choose(user, chosen_in_list(request.GET)):
            raise PermissionDenied
        return None


def _refusal(request):
    if "text/html" not in request.headers.get("accept", "") or request.headers.get("x-requested-with") == "XMLHttpRequest":
        return HttpResponseForbidden()  # of a script in the page, such as the editor's note of who has it open
    with translation.override(request.user.preferred_language):  # Wagtail sets it later, in its own views
        messages.error(request, _("An auditor reads everything and changes nothing. Nothing was changed."))
    return redirect("wagtailadmin_home")
