"""Pages and records, by Wagtail's own log; pictures and documents."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db.models.signals import post_delete, post_save, pre_save
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import ModelLogEntry, Page, PageLogEntry

from audit.events import Event
from audit.receivers.changes import changed_fields, remember
from audit.receivers.site import is_setting
from audit.recording import record

DEEDS = {
    "editorial.in_line": Event.DECLARED_IN_LINE,
    "editorial.held": Event.RELEASE_HELD,
    "editorial.linked": Event.LINKED,
    "editorial.unlinked": Event.UNLINKED,
    "editorial.matched": Event.BLOCKS_MATCHED,
    "editorial.unmatched": Event.BLOCKS_UNMATCHED,
    "editorial.promised": Event.TRANSLATION_PROMISED,
    "editorial.promise_withdrawn": Event.PROMISE_WITHDRAWN,
    "enquiries.answer": Event.ENQUIRY_ANSWERED,
    "news.date_corrected": Event.DATE_CORRECTED,
    "news.correction_removed": Event.CORRECTION_REMOVED,
    "wagtail.create": Event.CREATED,
    "wagtail.publish": Event.PUBLISHED,
    "wagtail.publish.scheduled": Event.PUBLISHED,
    "wagtail.unpublish": Event.UNPUBLISHED,
    "wagtail.unpublish.scheduled": Event.UNPUBLISHED,
    "wagtail.publish.schedule": Event.SCHEDULED,
    "wagtail.schedule.cancel": Event.SCHEDULE_CANCELLED,
    "wagtail.delete": Event.DELETED,
    "wagtail.move": Event.MOVED,
    "wagtail.copy": Event.COPIED,
    "wagtail.copy_for_translation": Event.COPIED,
    "wagtail.create_alias": Event.COPIED,
    "wagtail.revert": Event.REVERTED,
    "wagtail.lock": Event.LOCKED,
    "wagtail.unlock": Event.UNLOCKED,
    "wagtail.workflow.start": Event.REVIEW_STARTED,
    "wagtail.workflow.approve": Event.REVIEW_APPROVED,
    "wagtail.workflow.reject": Event.REVIEW_REJECTED,
    "wagtail.workflow.resume": Event.REVIEW_RESUMED,
    "wagtail.workflow.cancel": Event.REVIEW_CANCELLED,
}


def connect() -> None:
    for model in (PageLogEntry, ModelLogEntry):
        post_save.connect(on_logged, sender=model)
    for model in _files():
        pre_save.connect(remember, sender=model)
        post_save.connect(on_file_saved, sender=model)
        post_delete.connect(on_file_deleted, sender=model)


def on_logged(sender, instance, created, **kwargs) -> None:
    """Record what Wagtail logged, unless another receiver hears it from the model itself, where no way passes it by."""
    event, model = DEEDS.get(instance.action), instance.content_type and instance.content_type.model_class()
    if event is None or model is None or not created or _is_heard_itself(model):
        return
    is_page = sender is PageLogEntry
    place = {
        "object_kind": (Page if is_page else model)._meta.label_lower,
        "object_id": str(instance.page_id if is_page else instance.object_id),
        "object_label": instance.label,
    }
    record(event, actor=instance.user, place=place)


def on_file_saved(sender, instance, created, **kwargs) -> None:
    if created:
        record(Event.FILE_ADDED, instance)
    elif fields := changed_fields(instance):
        record(Event.FILE_CHANGED, instance, details={"fields": fields})


def on_file_deleted(sender, instance, **kwargs) -> None:
    record(Event.FILE_DELETED, instance)


def _is_heard_itself(model) -> bool:
    return is_setting(model) or model in (*_files(), Group, get_user_model())


def _files() -> tuple:
    return get_image_model(), get_document_model()
