"""Mail about enquiries: in plain text, to the office when one is received, to its sender when it is answered.

No header holds what a sender typed but the address to reply to, which the form has checked.
"""

import logging

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from core.addresses import admin_url
from core.languages import CHINESE
from enquiries.models.enquiry import Enquiry
from enquiries.office import address_for, office_address

OFFICE_LANGUAGE = CHINESE
logger = logging.getLogger("django.enquiries")


def tell_office(pk: int) -> None:
    """Mail an enquiry to whom it is for, and note whether that succeeded; it stands in the admin in any case."""
    enquiry = Enquiry.objects.select_related("base").filter(pk=pk).first()
    if enquiry is None:
        return
    recipient = address_for(enquiry)
    with translation.override(OFFICE_LANGUAGE.code):
        context = {"admin_address": admin_url(reverse("enquiries:edit", args=(pk,)))}
        sent = bool(recipient) and _send("received", enquiry, recipient, [enquiry.email], context)
    mail = Enquiry.Mail.SENT if sent else Enquiry.Mail.FAILED if recipient else Enquiry.Mail.NO_ADDRESS
    Enquiry.objects.filter(pk=pk).update(mail=mail)


def send_answer(answer) -> bool:
    """Mail an answer to the sender, in the language of the form that they used; return whether it was sent."""
    enquiry = answer.enquiry
    reply_to = [address] if (address := office_address()) else []
    with translation.override(enquiry.language):
        sent = _send("answered", enquiry, enquiry.email, reply_to, {"answer": answer})
    if sent:
        answer.sent_at = timezone.now()
        answer.save(update_fields=["sent_at"])
    return sent


def _send(template: str, enquiry, recipient: str, reply_to: list[str], context: dict) -> bool:
    """Send the mail of the templates `<template>_subject.txt` and `<template>_message.txt`."""
    context |= {"enquiry": enquiry, "site_name": settings.WAGTAIL_SITE_NAME}
    subject = " ".join(render_to_string(f"enquiries/email/{template}_subject.txt", context).split())
    text = render_to_string(f"enquiries/email/{template}_message.txt", context).strip() + "\n"
    try:
        EmailMessage(subject, text, settings.DEFAULT_FROM_EMAIL, [recipient], reply_to=reply_to).send()
    except (OSError, ValueError) as error:  # the server refused it; or an address cannot be written in a header
        logger.warning("The mail “%s” about the enquiry %s could not be sent: %s", template, enquiry, type(error).__name__)
        return False
    return True
