from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from enquiries.viewsets import ANSWERED, EnquiryViewSet


@hooks.register("register_admin_viewset")
def enquiries():
    return EnquiryViewSet()


@hooks.register("register_log_actions")
def log_actions(actions):
    actions.register_action(ANSWERED, _("Answer"), _("Answered"))
