"""Which exceptions of the admin's views are the fault of what was sent.

Wagtail reads much of what its own scripts send without asking whether it is there or well formed. The portal cannot know
the shape of each of its forms beforehand; it can tell afterwards, from the exception, that the request was malformed.
"""

import json
from collections.abc import Iterator
from traceback import walk_tb
from types import FrameType

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import DataError, IntegrityError
from django.forms import BaseForm
from django.http import Http404, HttpRequest
from django.utils.datastructures import MultiValueDictKeyError
from django.utils.translation import gettext_lazy as _

from core.malformed import MalformedInput, leaves, parsed

#: Raised by nothing but input: a field that is missing in a form (MultiValueDictKeyError), a number or text that no
#: column of the database holds (DataError, OverflowError), what is kept already or was deleted meanwhile by somebody else
#: (IntegrityError), a management form or an identifier that no field accepts and
#: no form caught (ValidationError), text that is no JSON where only the editor's scripts write (JSONDecodeError).
ALWAYS = (MultiValueDictKeyError, DataError, IntegrityError, OverflowError, ValidationError, json.JSONDecodeError)
#: Raised by input and by mistakes of the code alike: the input's fault only where the message quotes what was sent.
WHEN_QUOTED = (ValueError, TypeError, KeyError)
_TOO_MANY_DIGITS = "Exceeds the limit"  # how Python refuses thousands of digits, which it does not quote
_NOTHING = "but got ''."  # how Django quotes an empty value
_SHOWN = 150  # characters at the least that Python's messages show of a long text


def reading_of(request: HttpRequest, exception: Exception) -> Exception | None:
    """Return what to answer instead of `exception`: Http404 when the address names what cannot exist, MalformedInput when
    the rest of the request caused it; None when the fault is the portal's own."""
    if isinstance(exception, WHEN_QUOTED):
        message = str(exception)
        if any(_is_quoted(str(value), message) for value in request.resolver_match.kwargs.values()):
            return Http404("There is nothing of this name")
        if any(_is_quoted(text, message) for text in _texts(request)):
            return MalformedInput(_("A value in it is not of the kind that is expected there."))
    if isinstance(exception, ObjectDoesNotExist) and request.method == "POST" and _is_asked_by_wagtail(exception):
        return MalformedInput(_("What was chosen in it is not there any more. Load the form again and choose anew."))
    if _is_raised_by(exception, "PIL"):
        return MalformedInput(_("The picture is damaged or of a kind that cannot be read. Save it anew and upload it again."))
    if _is_raised_by(exception, "urllib"):
        return MalformedInput(_("A web address in it is malformed. Correct the address and send it again."))
    if (
        isinstance(exception, ALWAYS)
        or _is_of_an_invalid_field(exception)
        or (isinstance(exception, ValueError) and _TOO_MANY_DIGITS in str(exception))
    ):
        return MalformedInput(
            _("A field is missing or holds what is not expected there. Load the form again and send it once more.")
        )
    return None


def _is_quoted(text: str, message: str) -> bool:
    return repr(text)[:_SHOWN] in message if text else message.endswith(_NOTHING)


def _last_frame(exception: Exception) -> FrameType | None:
    return next((frame for frame, _line in reversed(list(walk_tb(exception.__traceback__)))), None)


def _is_raised_by(exception: Exception, package: str) -> bool:
    """Return whether the last step of the exception's way lies in `package`."""
    frame = _last_frame(exception)
    return frame is not None and frame.f_globals.get("__name__", "").split(".")[0] == package


def _is_asked_by_wagtail(exception: Exception) -> bool:
    """Return whether it was Wagtail's own code that asked Django's for what is not there."""
    modules = [frame.f_globals.get("__name__", "") for frame, _line in walk_tb(exception.__traceback__)]
    asking = [module for module in modules if not module.startswith("django.")]
    return bool(asking) and asking[-1].startswith("wagtail.")


def _is_of_an_invalid_field(exception: Exception) -> bool:
    """Return whether a form's own `clean` took a field for valid that was not."""
    frame = _last_frame(exception)
    form = frame and frame.f_locals.get("self")
    return isinstance(exception, KeyError) and isinstance(form, BaseForm) and exception.args[0] in form.fields


def _texts(request: HttpRequest) -> Iterator[str]:
    """Yield every value of the address's parameters and of the form, and the texts in those that are JSON."""
    for data in (request.GET, request.POST):
        for _name, values in data.lists():
            for value in values:
                yield value
                if value[:1] in ("{", "["):
                    yield from leaves(parsed(value))
