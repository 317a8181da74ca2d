"""What is watched from the start: all pages and records, settings, and what of Wagtail's own models shows on pages."""

from collections.abc import Iterator

from django.apps import apps
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.settings.models import AbstractSetting
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, CollectionViewRestriction, Locale, Page, PageViewRestriction, Site

from core.models import PortalImage, PortalRendition, Record
from core.page_changes import watch_pages
from core.watching.registry import Changed, on_change, watch

UNSEEN_OF_RECORDS = (
    *("expire_at", "expired", "first_published_at", "go_live_at", "has_unpublished_changes", "latest_revision"),
    "live_revision",
)
UNSEEN_OF_LIBRARY = ("created_at", "uploaded_by_user", "file_hash", "file_size")


def watch_what_is_shown() -> None:
    for model in apps.get_models():
        if issubclass(model, Page):
            watch_pages(model)
        elif issubclass(model, Record):
            watch(model, ignored=UNSEEN_OF_RECORDS)
        elif issubclass(model, AbstractSetting):
            watch(model)
    for model in (Collection, CollectionViewRestriction, Locale, PageViewRestriction, Redirect, Site):
        watch(model)
    for model in (get_image_model(), get_document_model()):
        watch(model, ignored=UNSEEN_OF_LIBRARY)
    watch(PortalRendition)
    on_change(PortalRendition, touched_by_rendition)


def touched_by_rendition(changed: Changed) -> Iterator[str]:
    """A picture in one size is read as its picture (core.pictures); a new one was in no answer yet."""
    if changed.old is not None:
        yield f"{PortalImage._meta.db_table}:{changed.old.image_id}"
