from wagtail.admin.site_summary import SummaryItem

from enquiries.models import Enquiry


class NewEnquiriesItem(SummaryItem):
    """How many enquiries nobody has taken in hand, on the admin's front page."""

    order = 400
    template_name = "enquiries/admin/summary.html"

    def is_shown(self):
        return self.request.user.has_perm("enquiries.view_enquiry")

    def get_context_data(self, parent_context):
        return {"count": Enquiry.objects.filter(state=Enquiry.State.NEW).count(), "state": Enquiry.State.NEW}
