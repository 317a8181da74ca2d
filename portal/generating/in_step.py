"""What follows from saving a page or record, for many at once: its pair of texts, what it uses, its lists, and both indexes
of search."""

from django.contrib.contenttypes.models import ContentType
from wagtail.models import ReferenceIndex
from wagtail.search.backends import get_search_backend

from core.models import PortalPage
from editorial.models import Pair
from editorial.observing import new_pairs
from editorial.pairs import settle
from news.listing import relist
from news.models import NewsPage
from search.entries import write_all

IN_PROGRESS_EVERY, DRIFTED_EVERY = 9, 20  # among the generated pairs


def follow(items: list, *, indexed: bool = True) -> None:
    """Take note of `items`, new pages of one type or new records of one, as their signals would have one by one."""
    if not items:
        return
    model = type(items[0])
    pairs = new_pairs(items)
    _agree(pairs)
    Pair.objects.bulk_create(pairs)
    _refer(items)
    if model is NewsPage:
        relist(item.pk for item in items)
    if indexed:
        get_search_backend().add_bulk(model, items)
        chosen = model.objects.filter(pk__in=[item.pk for item in items])
        write_all(chosen.select_related("locale") if issubclass(model, PortalPage) else chosen)


def _agree(pairs: list[Pair]) -> None:
    """Declare most of `pairs` in line, and let some have changed in Chinese since then, so that there is work on the desk."""
    for number, pair in enumerate(pairs):
        if pair.has_zh and pair.has_en and number % IN_PROGRESS_EVERY:
            pair.agreed_zh, pair.agreed_en = pair.says_zh, pair.says_en
            if not number % DRIFTED_EVERY:
                pair.agreed_zh = pair.says_zh[:-1]
            settle(pair)


def _refer(items: list) -> None:
    """Write the reference index: Wagtail's own way takes three queries for each item."""
    model = type(items[0])
    base = (model, *model._meta.get_parent_list())[-1]
    kinds = ContentType.objects.get_for_models(model, base)
    ReferenceIndex.objects.bulk_create(
        [
            ReferenceIndex(
                content_type=kinds[model],
                base_content_type=kinds[base],
                object_id=item.pk,
                to_content_type_id=to_type,
                to_object_id=to_key,
                model_path=model_path,
                content_path=content_path,
                content_path_hash=ReferenceIndex._get_content_path_hash(content_path),
            )
            for item in items
            for to_type, to_key, model_path, content_path in set(ReferenceIndex._extract_references_from_object(item))
        ]
    )
