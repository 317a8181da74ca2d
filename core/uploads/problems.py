"""What is said of a document that is not taken, where several kinds share the reason."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


def lying(extension: str) -> ValidationError:
    """Return the error for a file that is not what its name says."""
    message = _("The file is no readable .%(extension)s document, whatever its name says. Save it anew in that format.")
    return ValidationError(message, "lying", {"extension": extension})
