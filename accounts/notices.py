"""Mail to a person about their own account: in their language, plain text, with time, place and what to do."""

import logging

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import timezone, translation

from accounts.clients import describe
from core.addresses import admin_url
from core.client_address import client_address

logger = logging.getLogger("django.accounts")


def send_notice(request, user, template_prefix: str) -> None:
    """Send the mail of the templates `<prefix>_subject.txt` and `<prefix>_message.txt`; without an address, none.

    A mail server that is down keeps nobody from signing in: the fault is logged.
    """
    if not user.email:
        return
    with translation.override(user.preferred_language):
        context = {
            "user": user,
            "name": user.get_short_name(),
            "time": timezone.localtime(),
            "address": client_address(request) if request else "",
            "client": describe(request.META.get("HTTP_USER_AGENT", "")) if request else "",
            "admin_address": admin_url(),
        }
        subject = " ".join(render_to_string(f"{template_prefix}_subject.txt", context).split())
        text = render_to_string(f"{template_prefix}_message.txt", context).strip() + "\n"
    try:
        EmailMessage(subject, text, settings.DEFAULT_FROM_EMAIL, [user.email]).send()
    except OSError as error:
        logger.warning("The notice “%s” could not be sent to the account %s: %s", template_prefix, user.pk, error)
