"""Where a record, picture or document is used."""

from itertools import groupby
from operator import attrgetter

from django.contrib.contenttypes.models import ContentType
from wagtail.models import DraftStateMixin, Page, ReferenceIndex


def is_used_live(instance) -> bool:
    """Return whether something public names `instance`: a live page or record, or a thing that knows no drafts."""
    references = ReferenceIndex.get_references_to(instance).order_by("base_content_type_id")
    for content_type_id, group in groupby(references, attrgetter("base_content_type_id")):
        model = ContentType.objects.get_for_id(content_type_id).model_class()
        if model is None:
            continue
        if not issubclass(model, (Page, DraftStateMixin)):
            return True
        if model._default_manager.filter(pk__in=[reference.object_id for reference in group], live=True).exists():
            return True
    return False
