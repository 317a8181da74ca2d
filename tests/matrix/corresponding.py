"""Enquiries: read, handled, answered and downloaded by those who hold the rights; deleted by nobody."""

from django.urls import NoReverseMatch, reverse

from enquiries.models import Enquiry
from tests.factories import make_enquiry
from tests.matrix.actions import action, opens


@action()
def list_enquiries(case):
    return opens(case, reverse("enquiries:index"))


@action()
def read_enquiry(case):
    return opens(case, reverse("enquiries:edit", args=(make_enquiry().pk,)))


@action()
def handle_enquiry(case):
    enquiry = make_enquiry()
    case.client.post(reverse("enquiries:edit", args=(enquiry.pk,)), {"state": "in-hand", "taken_by": "", "note": "Mine"})
    enquiry.refresh_from_db()
    return enquiry.state == Enquiry.State.IN_HAND and enquiry.notes.count() == 1


@action()
def answer_enquiry(case):
    enquiry = make_enquiry()
    case.client.post(reverse("enquiries:answer", args=(enquiry.pk,)), {"text": "You may."})
    enquiry.refresh_from_db()
    return enquiry.state == Enquiry.State.ANSWERED and enquiry.answers.count() == 1


@action()
def export_enquiries(case):
    make_enquiry()
    response = case.client.get(reverse("enquiries:index"), {"export": "csv"})
    return response.status_code == 200 and b"Ada Obi" in b"".join(response)


@action()
def delete_enquiry(case):
    enquiry = make_enquiry()
    for name, arguments in (("wagtail_bulk_action", ("enquiries", "enquiry", "delete")), ("enquiries:delete", (enquiry.pk,))):
        try:
            case.client.post(f"{reverse(name, args=arguments)}?id={enquiry.pk}")
        except NoReverseMatch:
            continue
    return not Enquiry.objects.filter(pk=enquiry.pk).exists()
