from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from enquiries.summary import NewEnquiriesItem
from enquiries.viewsets import ANSWERED, EnquiryViewSet


@hooks.register("register_admin_viewset")
def enquiries():
    return EnquiryViewSet()


@hooks.register("register_log_actions")
def log_answers(actions):
    actions.register_action(ANSWERED, _("Answer"), _("Answered"))


@hooks.register("construct_homepage_summary_items")
def count_new_enquiries(request, items):
    items.append(NewEnquiriesItem(request))
