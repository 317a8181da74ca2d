"""When pairs take note: whenever a page or record is saved or deleted, by whatever way."""

from django.db.models.signals import post_delete, post_save

from core.models import PortalPage, Record
from editorial.observing import forget_page, forget_record, observe_page, observe_record


def connect() -> None:
    post_save.connect(on_saved)
    post_delete.connect(on_deleted)


def on_saved(sender, instance, raw, update_fields=None, **kwargs) -> None:
    """Take note of whole saves, and of those that only point to a new version: these are drafts."""
    if raw or (update_fields is not None and "latest_revision" not in update_fields):
        return
    if issubclass(sender, PortalPage):
        observe_page(instance)
    elif issubclass(sender, Record):
        observe_record(instance)


def on_deleted(sender, instance, **kwargs) -> None:
    if issubclass(sender, PortalPage):
        forget_page(instance)
    elif issubclass(sender, Record):
        forget_record(instance)
