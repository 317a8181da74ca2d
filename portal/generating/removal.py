"""Removing what was generated: in bulk where nobody has worked on it, one by one with all signals where somebody has."""

from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import F
from wagtail.models import Page, ReferenceIndex
from wagtail.search.models import IndexEntry

from bases.models import Base
from editorial.models import Pair
from editorial.observing import subject_of_page, subject_of_record
from news.listing import relist
from news.models import NewsIndexPage, NewsPage
from portal.generating.marks import generated_bases, generated_news
from search.models import Entry

BATCH = 500


@dataclass(frozen=True)
class Removed:
    pages: int
    bases: int


def remove_generated() -> Removed:
    """Remove every generated page and base, batch by batch, and return how many there were."""
    worked_on = [*generated_news().filter(latest_revision__isnull=False), *generated_bases().exclude(latest_revision=None)]
    for item in worked_on:
        item.delete()
    pages = bases = 0
    while batch := list(generated_news().defer_streamfields().order_by("pk")[:BATCH]):
        _remove(batch, NewsPage)
        pages += len(batch)
    while batch := list(generated_bases().order_by("pk")[:BATCH]):
        _remove(batch, Base)
        bases += len(batch)
    edited_pages = sum(isinstance(item, Page) for item in worked_on)
    return Removed(pages + edited_pages, bases + len(worked_on) - edited_pages)


@transaction.atomic
def _remove(items: list, model: type) -> None:
    keys = [item.pk for item in items]
    lineage = (model, *model._meta.get_parent_list())
    kinds = list(ContentType.objects.get_for_models(*lineage).values())
    entries = Entry.objects.filter(content_type__in=kinds, item_id__in=keys)
    _forget_index_rows(Entry, list(entries.values_list("pk", flat=True)))
    entries.delete()
    _forget_index_rows(model, keys)
    name = subject_of_page if model is NewsPage else subject_of_record
    Pair.objects.filter(subject__in={name(item) for item in items}).delete()
    ReferenceIndex.objects.filter(base_content_type__in=kinds, object_id__in=map(str, keys)).delete()
    ReferenceIndex.objects.filter(to_content_type__in=kinds, to_object_id__in=map(str, keys)).delete()
    if model is NewsPage:
        Page.objects.filter(pk__in=keys).update(live=False)
        relist(keys)
        _leave_tree(items)
    for part in lineage:
        _delete_rows(part, keys)


def _forget_index_rows(model: type, keys: list) -> None:
    kinds = ContentType.objects.get_for_models(model, *model._meta.get_parent_list()).values()
    IndexEntry.objects.filter(content_type__in=kinds, object_id__in=map(str, keys)).delete()


def _leave_tree(pages: list) -> None:
    for index in NewsIndexPage.objects.all():
        children = sum(page.path.startswith(index.path) for page in pages)
        Page.objects.filter(pk=index.pk).update(numchild=F("numchild") - children)


def _delete_rows(model: type, keys: list) -> None:
    """Delete the rows of `model` with what points to them. Django's own way sends signals, each with queries, for every row."""
    for relation in model._meta.related_objects:
        if relation.parent_link or (relation.many_to_many and not relation.through._meta.auto_created):
            continue
        if relation.many_to_many:
            related = relation.through._base_manager.filter(**{f"{relation.field.m2m_reverse_field_name()}__in": keys})
        else:
            related = relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": keys})
        if not relation.many_to_many and relation.on_delete is models.SET_NULL:
            related.update(**{relation.field.name: None})
        else:
            related._raw_delete(related.db)
    for field in model._meta.local_many_to_many:
        through = field.remote_field.through
        if through._meta.auto_created:
            through._base_manager.filter(**{f"{field.m2m_field_name()}__in": keys})._raw_delete("default")
    rows = model._base_manager.filter(pk__in=keys)
    rows._raw_delete(rows.db)
