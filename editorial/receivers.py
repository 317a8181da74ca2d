"""What follows when pages and records are saved, published, deleted or taken out of review, by whatever way."""

from django.db.models.signals import post_delete, post_save
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished, workflow_cancelled

from core.models import PortalPage, Record
from editorial.models import HeldRelease
from editorial.observing import forget_page, forget_record, observe_page, observe_record
from editorial.promises import keep
from editorial.releasing import let_go


def connect() -> None:
    post_save.connect(on_saved)
    post_delete.connect(on_deleted)
    page_published.connect(on_published)
    page_unpublished.connect(on_taken_down)
    workflow_cancelled.connect(on_review_cancelled)


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
    elif sender is Page:  # its row goes after that of its type: it can be locked no longer
        let_go(instance.translation_key)


def on_published(sender, instance, **kwargs) -> None:
    """Nothing of a page that was published waits, and a promise to publish it is kept."""
    if instance.live:
        HeldRelease.objects.filter(page=instance.pk).delete()
        keep(instance)


def on_taken_down(sender, instance, **kwargs) -> None:
    """What was approved of a page that is taken down afterwards does not bring it back."""
    HeldRelease.objects.filter(page=instance.pk).delete()


def on_review_cancelled(sender, instance, user=None, **kwargs) -> None:
    """What waited for a text in review waits no longer when that review is taken back."""
    if isinstance(instance.content_object, Page):
        let_go(instance.content_object.translation_key, user)
