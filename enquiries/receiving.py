"""Taking in what a reader sent."""

import hashlib
import json
import math
import time
from functools import partial
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import ngettext

from core.client_address import counted_address
from core.counting import count
from enquiries.forms import EnquiryForm
from enquiries.mail import tell_office
from enquiries.models.enquiry import Enquiry


class TooManyError(Exception):
    """Raised where too many enquiries came from one address; `seconds` are to be waited."""

    def __init__(self, seconds: int):
        super().__init__()
        self.seconds = seconds

    @property
    def message(self) -> str:
        minutes = math.ceil(self.seconds / 60)
        return ngettext(
            "Too many enquiries came from your network address. Send this one again in %(minutes)d minute: what you wrote is "
            "still below.",
            "Too many enquiries came from your network address. Send this one again in %(minutes)d minutes: what you wrote is "
            "still below.",
            minutes,
        ) % {"minutes": minutes}


def check_origin(request) -> None:
    """Raise PermissionDenied for a form that stands on another site. It takes the place of the token in a cookie: readers
    get no cookie, and the form has no session's rights to abuse."""
    origin = request.headers.get("Origin")
    if origin is None:
        return
    try:
        foreign = urlsplit(origin).hostname != urlsplit(f"//{request.get_host()}").hostname
    except ValueError:
        foreign = True
    if foreign:
        raise PermissionDenied("The form was sent from another site.")


def receive(request, form: EnquiryForm) -> Enquiry:
    """Keep the enquiry of a valid form and, after the commit, tell the office; raise TooManyError where the address of the
    client has sent too many. A form that is sent twice as it is leads to the one enquiry."""
    values = form.enquiry_values()
    key = _key_of(form.stamp.key, values)
    known = Enquiry.objects.filter(form_key=key).first()
    if known:
        return known
    _count(request)
    with transaction.atomic():
        enquiry, created = Enquiry.objects.get_or_create(form_key=key, defaults=values)
        if created:
            transaction.on_commit(partial(tell_office, enquiry.pk), robust=True)
    return enquiry


def _key_of(stamp_key: str, values: dict) -> str:
    content = json.dumps([stamp_key, values | {"base": values["base"] and values["base"].pk}], sort_keys=True)
    return salted_hmac("enquiries.form", content, algorithm="sha256").hexdigest()


def _count(request) -> None:
    address = hashlib.sha256(counted_address(request).encode()).hexdigest()
    number, until = count(f"enquiries:{address}", settings.ENQUIRY_COUNT_SECONDS)
    if number > settings.ENQUIRIES_IN_A_ROW:
        raise TooManyError(max(1, math.ceil(until - time.time())))
