"""When entries are written: on publishing, unpublishing, moving and deleting, and when what an item shows has changed."""

from django.db.models.signals import post_delete, post_save
from wagtail.documents import get_document_model
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished, post_page_move, published, unpublished

from core.findable import FindableRecord
from search import vocabulary
from search.entries import is_findable, refresh, refresh_document, remove
from search.models import Term
from terminology.models import Name


def connect() -> None:
    for signal in (page_published, published):
        signal.connect(on_published)
    for signal in (page_unpublished, unpublished):
        signal.connect(on_unpublished)
    post_page_move.connect(on_moved)
    post_delete.connect(on_deleted)
    post_save.connect(on_saved)


def on_published(sender, instance, **kwargs) -> None:
    if is_findable(instance):
        refresh(instance)
    _refresh_dependents(instance)


def on_unpublished(sender, instance, **kwargs) -> None:
    if is_findable(instance):
        remove(instance)
    _refresh_dependents(instance)


def on_moved(sender, instance, url_path_before, url_path_after, **kwargs) -> None:
    if url_path_before != url_path_after:
        for page in Page.objects.descendant_of(instance, inclusive=True).live().specific().iterator(chunk_size=200):
            if is_findable(page):
                refresh(page)


def on_deleted(sender, instance, **kwargs) -> None:
    if is_findable(instance) or isinstance(instance, get_document_model()):
        remove(instance)
    if not issubclass(sender, Page):
        _refresh_dependents(instance)


def on_saved(sender, instance, **kwargs) -> None:
    """Follow what is saved without being published: documents, terms, and records without drafts."""
    if isinstance(instance, get_document_model()):
        refresh_document(instance)
    elif isinstance(instance, Term) or not hasattr(instance, "live"):
        _refresh_dependents(instance)


def _refresh_dependents(instance) -> None:
    """Refresh what shows `instance`, and forget the names that were read before it changed."""
    if isinstance(instance, (Term, Name, FindableRecord)) or hasattr(instance, "findable_dependents"):
        vocabulary.forget()
    if hasattr(instance, "findable_dependents"):
        for dependent in instance.findable_dependents():
            if dependent.live:
                refresh(dependent)
