import logging

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation

logger = logging.getLogger("django.editorial")


def mail(person, template: str, context: dict) -> bool:
    """Mail `person`, in their language, what the templates `template`_subject and _message say; return whether the mail was
    taken."""
    with translation.override(person.preferred_language):
        context = context | {"name": person.get_short_name()}
        subject = " ".join(render_to_string(f"editorial/email/{template}_subject.txt", context).split())
        text = render_to_string(f"editorial/email/{template}_message.txt", context).strip() + "\n"
    try:
        EmailMessage(subject, text, settings.DEFAULT_FROM_EMAIL, [person.email]).send()
    except (OSError, ValueError) as error:
        logger.warning("The account %s could not be mailed the %s: %s", person.pk, template, type(error).__name__)
        return False
    return True
