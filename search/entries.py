"""Keeping the entries of search in step with what is published."""

from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import CharField, OuterRef, Subquery
from django.db.models.functions import Cast
from wagtail.documents import get_document_model
from wagtail.models import Page, ReferenceIndex
from wagtail.search.backends import get_search_backend
from wagtail.search.models import IndexEntry

from core.findable import Findable, FindableRecord, Kind
from core.models import PortalPage
from core.pairing import language_of
from core.structure import HOME_DEPTH
from search.failures import forget_failures, keep_failure, reported
from search.models.entry import Entry, label

BATCH = 500
PUBLIC = "public"
KEPT = ("page_id", "home_path", "kind", "title", "summary", "text", "names", "date", "labels")


def is_findable(obj) -> bool:
    return isinstance(obj, (PortalPage, FindableRecord))


def refresh(obj) -> None:
    """Write the entries of `obj` anew from what it is now; remove them where it is not public.

    A failure is kept as an IndexingFailure and does not stop whoever published `obj`.
    """
    with reported(obj, PUBLIC):
        _store(Entry.objects.of_object(obj), list(entries_of(obj)))
        if isinstance(obj, Page):
            offered = Entry.objects.filter(page=obj.pk, kind=Kind.DOCUMENTS)
            before = set(offered.values_list("item_id", flat=True))
            _store(offered, list(document_entries([obj])))
            _hand_over(before - set(offered.values_list("item_id", flat=True)), obj)


def refresh_document(document) -> None:
    """Let the entries of a document follow its title and file name."""
    with reported(document, PUBLIC):
        entries = list(Entry.objects.of_object(document))
        for entry in entries:
            entry.title, entry.names = document.title[:255], document.filename
            entry.save()
        _index(entries)


def remove(obj) -> None:
    """Remove the entries of `obj`, which is no longer public, and of the documents that it alone offered."""
    forget_failures(obj)
    Entry.objects.of_object(obj).delete()
    if isinstance(obj, Page):
        offered = Entry.objects.filter(page=obj.pk)
        documents = set(offered.values_list("item_id", flat=True))
        offered.delete()
        _hand_over(documents, obj)


def _hand_over(documents: set[int], former) -> None:
    """Let another public page in the language of `former` offer the documents that it does not offer any more."""
    for number in documents:
        pages = Page.objects.filter(pk__in=_offering(number), live=True, locale=former.locale_id).exclude(pk=former.pk)
        successors = (page.specific for page in pages.order_by("pk"))
        if successor := next(filter(is_findable, successors), None):
            refresh(successor)


def _offering(document: int) -> list[int]:
    """Return the keys of the pages that offer a document."""
    references = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(get_document_model()),
        to_object_id=str(document),
        base_content_type=ContentType.objects.get_for_model(Page),
    )
    return [int(key) for key in references.values_list("object_id", flat=True)]


def write_all(objects) -> None:
    """Write the entries of the public `objects` (a queryset of pages or records) anew, many at once: those that stand there
    are replaced batch by batch, so that readers go on finding."""
    objects = objects.order_by("pk").prefetch_related(*objects.model.search_prefetch)
    content_type, last = ContentType.objects.get_for_model(objects.model), 0
    while chunk := list(objects.filter(pk__gt=last)[:BATCH]):
        last = chunk[-1].pk
        entries = []
        for obj in chunk:
            try:
                entries += list(entries_of(obj))
            except Exception as error:  # one faulty item must not keep the others out
                keep_failure(obj, PUBLIC, error)
        keys = [obj.pk for obj in chunk]
        with transaction.atomic():
            Entry.objects.filter(content_type=content_type, item_id__in=keys).delete()
            if issubclass(objects.model, Page):
                Entry.objects.filter(page__in=keys, kind=Kind.DOCUMENTS).delete()
                entries += document_entries(chunk)
            written = Entry.objects.bulk_create(entries)
            _index_each(written)


def entries_of(obj) -> Iterable[Entry]:
    """Yield unsaved entries for what `obj` (a page or record) is found by; none where it is not live."""
    if not obj.live:
        return
    content_type = ContentType.objects.get_for_model(obj)
    place = _place_of(obj) if isinstance(obj, Page) else {}
    for findable in obj.findables():
        yield _entry(findable, content_type=content_type, item_id=obj.pk, **place)


def document_entries(pages: list) -> Iterable[Entry]:
    """Yield unsaved entries for the documents that `pages` offer, except those that another page offers in its language."""
    model = get_document_model()
    content_type = ContentType.objects.get_for_model(model)
    places = {str(page.pk): page for page in pages if page.live}
    references = ReferenceIndex.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page), object_id__in=places, to_content_type=content_type
    )
    offers = sorted({(int(document), key) for key, document in references.values_list("object_id", "to_object_id")})
    documents = model.objects.in_bulk({document for document, _key in offers}) if offers else {}
    elsewhere = Entry.objects.filter(content_type=content_type, item_id__in=documents).exclude(page__in=places)
    taken = set(elsewhere.values_list("item_id", "language"))
    for number, key in offers:
        page = places[key]
        language = language_of(page)
        if number in documents and (number, language.code) not in taken:
            taken.add((number, language.code))
            findable = Findable(language, Kind.DOCUMENTS, documents[number].title, names=(documents[number].filename,))
            yield _entry(findable, content_type=content_type, item_id=number, **_place_of(page))


def _place_of(page) -> dict:
    return {"page_id": page.pk, "home_path": page.path[: HOME_DEPTH * page.steplen]}


def _entry(findable: Findable, **place) -> Entry:
    labels = [*findable.labels, *([("year", findable.date[:4])] if findable.date else [])]
    return Entry(
        language=findable.language.code,
        kind=findable.kind,
        title=findable.title[:255],
        summary=findable.summary,
        text=findable.text,
        names="\n".join(dict.fromkeys(name for name in findable.names if name)),
        date=findable.date,
        labels="".join(label(name, value) for name, value in labels),
        **place,
    )


def _store(existing, wanted: list[Entry]) -> None:
    """Make the entries `existing` (a queryset) those that are `wanted`; what has not changed is not touched."""
    known = {(entry.item_id, entry.language): entry for entry in existing}
    changed = []
    for entry in wanted:
        before = known.pop((entry.item_id, entry.language), None)
        if before is None or any(getattr(before, name) != getattr(entry, name) for name in KEPT):
            entry.pk = before.pk if before else None
            entry.save()
            changed.append(entry)
    for entry in known.values():
        entry.delete()
    _index(changed)


def _index(entries: list[Entry]) -> None:
    """Write entries into the index, and into them the keys of their rows there."""
    if not entries:
        return
    get_search_backend().add_bulk(Entry, entries)
    content_type = ContentType.objects.get_for_model(Entry)
    own_row = IndexEntry.objects.filter(content_type=content_type, object_id=Cast(OuterRef("pk"), CharField()))
    Entry.objects.filter(pk__in=[entry.pk for entry in entries]).update(index_entry=Subquery(own_row.values("pk")[:1]))


def _index_each(entries: list[Entry]) -> None:
    """Write entries into the index; where that fails, those that are at fault are left out and kept as failures."""
    try:
        with transaction.atomic():
            _index(entries)
    except Exception as error:
        if len(entries) > 1:
            for entry in entries:
                _index_each([entry])
        else:
            keep_failure(entries[0].content_type.get_object_for_this_type(pk=entries[0].item_id), PUBLIC, error)
