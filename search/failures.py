"""Indexing that fails is kept and shown to editors; it never stops whoever saved or published."""

import logging
from contextlib import contextmanager

from django.contrib.contenttypes.models import ContentType
from django.db import transaction

logger = logging.getLogger(__name__)


@contextmanager
def reported(obj, part: str):
    """Run the block in a transaction of its own; when it fails, keep that as an IndexingFailure of `obj` in `part` ("public"
    or "admin"), else forget the former one."""
    try:
        with transaction.atomic():
            yield
            _failures().filter(**_place(obj), part=part).delete()
    except Exception as error:  # whatever it is, the editor's work must not be lost for it
        keep_failure(obj, part, error)


def keep_failure(obj, part: str, error: Exception) -> None:
    """Log `error` and show it to editors."""
    logger.error("Search could not index %r", obj, exc_info=error)
    values = {"title": str(obj)[:255], "error": f"{type(error).__name__}: {error}"}
    _failures().update_or_create(**_place(obj), part=part, defaults=values)


def forget_failures(obj) -> None:
    """Forget the failures of what is not public any more, or gone."""
    _failures().filter(**_place(obj), part="public").delete()


def _failures():
    from search.models import IndexingFailure  # the search backend is loaded before the models are

    return IndexingFailure.objects


def _place(obj) -> dict:
    return {"content_type": ContentType.objects.get_for_model(obj), "object_id": obj.pk}
