"""Pictures that say nothing to those who cannot see them."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from modeltranslation.utils import build_localized_fieldname

from core.models import PortalImage
from editorial.checks.manuscripts import Manuscript
from editorial.checks.references import mentions
from editorial.checks.registry import Finding

UNSEEN = frozenset({"share_image"})  # it is shown elsewhere, where nobody asks for its words


def missing_alt_texts(manuscript: Manuscript) -> Iterator[Finding]:
    """Yield the pictures without alt text in the language of the text that shows them."""
    for mention in mentions(manuscript, PortalImage):
        place, language, picture = mention.passage.place, mention.passage.language, mention.thing
        if picture is None or place.field in UNSEEN:
            continue
        if not (getattr(picture, build_localized_fieldname("alt_text", language.code)) or "").strip():
            names = {"picture": picture.title, "language": language.label}
            yield Finding(
                place, _("the picture “%(picture)s” has no alt text in %(language)s; write it in the picture library") % names
            )
