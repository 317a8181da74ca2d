"""Taking note of what pages and records say, each time one is saved."""

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone

from core.languages import LANGUAGES
from core.models import PortalPage
from core.pairing import language_of
from editorial.drift import prints_of
from editorial.models import Pair
from editorial.pairs import CHUNK, KnownNames, page_types, record_types, settle
from editorial.texts import as_json, text_of_page, text_of_record

NAMING_FIELDS = ("short_name", "name", "text")  # of records: the first of these that is filled is the title


def subject_of_page(page) -> str:
    return f"page:{page.translation_key}"


def subject_of_record(record) -> str:
    return f"{record._meta.label_lower}:{record.pk}"


def newest_content(item) -> dict:
    """Return the content of the newest version of a page or record, as a revision holds it.

    What is saved without a revision, as by a loader, is itself the newest where no draft is open.
    """
    if item.latest_revision_id and (item.has_unpublished_changes or not item.live):
        return item.latest_revision.content
    return item.serializable_data()


def observe_page(page, names=None) -> None:
    """Take note of what the newest version of `page` says; `names` are known names."""
    _note(subject_of_page(page), _told_by_page(page), names)


def observe_record(record, names=None) -> None:
    """Take note of what the newest version of `record` says in each language; `names` are known names."""
    _note(subject_of_record(record), _told_by_record(record), names)


def new_pairs(items) -> list[Pair]:
    """Return the unsaved pairs of `items`, pages or records that no pair knows yet, in the state that their texts give."""
    pairs: dict[str, Pair] = {}
    for item in items:
        is_page = isinstance(item, PortalPage)
        subject = subject_of_page(item) if is_page else subject_of_record(item)
        pair = pairs.setdefault(subject, Pair(subject=subject))
        for name, value in (_told_by_page(item) if is_page else _told_by_record(item)).items():
            setattr(pair, name, value)
    for pair in pairs.values():
        settle(pair)
    return list(pairs.values())


def _told_by_page(page) -> dict:
    prefix, content = language_of(page).prefix, newest_content(page)
    return {
        "content_type": ContentType.objects.get_for_model(page),
        f"page_{prefix}_id": page.pk,
        f"title_{prefix}": str(content.get("title") or page.title)[:255],
        f"says_{prefix}": as_json(text_of_page(type(page), content)),
    }


def _told_by_record(record) -> dict:
    content = newest_content(record)
    values = {"content_type": ContentType.objects.get_for_model(record), "object_id": record.pk}
    for language in LANGUAGES:
        text = text_of_record(type(record), content, language)
        values[f"says_{language.prefix}"] = as_json(text)
        titles = {statement.field: statement.sentences[0] for statement in reversed(text)}
        values[f"title_{language.prefix}"] = next((titles[name] for name in NAMING_FIELDS if name in titles), "")[:255]
    return values


@transaction.atomic
def _note(subject: str, values: dict, names) -> None:
    """Write `values` into the pair of `subject`; where they say nothing new, nothing is written."""
    Pair.objects.get_or_create(subject=subject, defaults={"content_type": values["content_type"]})
    pair = Pair.objects.select_for_update().get(subject=subject)
    told = {name: value for name, value in values.items() if getattr(pair, name) != value}
    if not told:
        return
    before = _prints(pair)
    for name, value in told.items():
        setattr(pair, name, value)
    if _prints(pair) != before:
        pair.changed_at = timezone.now()
        settle(pair, KnownNames() if names is None else names)
    pair.save()


def _prints(pair: Pair) -> list[dict[str, str]]:
    return [prints_of(pair.says(language)) for language in LANGUAGES]


@transaction.atomic
def forget_page(page) -> None:
    """Take note that `page` is gone."""
    pair = Pair.objects.select_for_update().filter(subject=subject_of_page(page)).first()
    if pair is not None:
        _lose(pair, language_of(page))


def forget_record(record) -> None:
    """Take note that `record` is gone."""
    Pair.objects.filter(subject=subject_of_record(record)).delete()


def _lose(pair: Pair, language) -> None:
    setattr(pair, f"page_{language.prefix}", None)
    setattr(pair, f"says_{language.prefix}", [])
    setattr(pair, f"title_{language.prefix}", "")
    pair.ties = []
    if not (pair.says_zh or pair.says_en):
        pair.delete()
        return
    pair.changed_at = timezone.now()
    settle(pair)
    pair.save()


def observe_all() -> int:
    """Take note of every page and record, forget what is gone, and return how many pairs there are.

    Only what was written past Django's signals needs it: a restored database, or one from before the pairs.
    """
    names, found = KnownNames(), set()
    for model in page_types():
        for page in model._base_manager.select_related("locale", "latest_revision").iterator(chunk_size=CHUNK):
            observe_page(page, names)
            found.add((subject_of_page(page), language_of(page)))
    for model in record_types():
        for record in model._base_manager.select_related("latest_revision").iterator(chunk_size=CHUNK):
            observe_record(record, names)
            found.update((subject_of_record(record), language) for language in LANGUAGES)
    for pair in Pair.objects.defer("agreed_zh", "agreed_en").iterator(chunk_size=CHUNK):
        for language in LANGUAGES:
            if pair.pk and (pair.subject, language) not in found and pair.says(language):
                _lose(pair, language)
    return Pair.objects.count()
