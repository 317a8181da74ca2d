"""Where found items are read: asked of the items themselves, so that nothing is linked that has just gone."""

from django.contrib.contenttypes.models import ContentType
from wagtail.documents import get_document_model
from wagtail.models import Page

from core.findable import Kind
from core.languages import Language
from core.structure import SiteStructure
from search.models.entry import Entry


def paths_of(found: list[Entry], structure: SiteStructure, home, language: Language) -> dict[int, str]:
    """Return the path of each entry's item by the entry's key; what is not public at this moment has none.

    `home` is the home page that the entries' pages stand below.
    """
    pages = _pages({entry.page_id for entry in found if entry.page_id}, structure, home)
    records = _records([entry for entry in found if not entry.page_id])
    offered = [entry.item_id for entry in found if entry.kind == Kind.DOCUMENTS]
    documents = get_document_model().objects.in_bulk(offered) if offered else {}
    paths = {}
    for entry in found:
        if not entry.page_id:
            record = records.get((entry.content_type_id, entry.item_id))
            path = record.public_path(structure, language) if record else None
        elif entry.kind == Kind.DOCUMENTS:
            path = documents[entry.item_id].url if entry.item_id in documents and entry.page_id in pages else None
        else:
            path = pages.get(entry.page_id)
        if path:
            paths[entry.pk] = path
    return paths


def _pages(keys: set[int], structure: SiteStructure, home) -> dict[int, str]:
    pages = Page.objects.filter(pk__in=keys).only("path", "url_path", "live")
    root, below = home.get_url(), len(home.url_path)
    return {page.pk: root + page.url_path[below:] for page in pages if structure.shows(page)}


def _records(found: list[Entry]) -> dict[tuple[int, int], object]:
    """Return the live records of entries by their type and key."""
    records = {}
    for content_type in {entry.content_type_id for entry in found}:
        keys = [entry.item_id for entry in found if entry.content_type_id == content_type]
        model = ContentType.objects.get_for_id(content_type).model_class()
        records |= {(content_type, record.pk): record for record in model.objects.live().filter(pk__in=keys).only("slug")}
    return records
