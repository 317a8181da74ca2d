"""Who sees which pairs, which texts of them, and who may declare them in line."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q
from wagtail.models import Page, WorkflowState
from wagtail.permissions import policy_registry

from core.languages import LANGUAGES, Language
from core.structure import HOME_DEPTH
from core.visibility import visible
from editorial.models import HeldRelease, Pair
from editorial.pairs import record_types, subject_of

ANY_RIGHT = ("add", "change", "publish")


def own_pages(user):
    """Return the pages whose drafts `user` may read because of a right on them."""
    return policy_registry.get_by_type(Page).instances_user_has_any_permission_for(user, ANY_RIGHT)


def readable_pages(user):
    """Return the pages whose text `user` may read: public ones, their own, and what is submitted."""
    return visible(Page.objects.all()) | own_pages(user) | Page.objects.filter(pk__in=submitted_page_ids())


def submitted_page_ids() -> set[int]:
    """Return the ids of the pages in review, or approved and waiting for their other language: a draft is its writer's until
    then, and the other language's to follow after."""
    states = WorkflowState.objects.active().filter(base_content_type=ContentType.objects.get_for_model(Page))
    waiting = HeldRelease.objects.standing().values_list("page", flat=True)
    return {int(key) for key in states.values_list("object_id", flat=True)} | set(waiting)


def open_record_types(user) -> list[ContentType]:
    """Return the kinds of record that `user` may change, or read as an auditor."""
    types = [model for model in record_types() if policy_registry.get_by_type(model).user_has_permission(user, "change")]
    return list(ContentType.objects.get_for_models(*types).values())


def may_see_pairs(user) -> bool:
    """Return whether `user` works on pages or records at all."""
    return policy_registry.get_by_type(Page).user_has_any_permission(user, ANY_RIGHT) or bool(open_record_types(user))


def visible_pairs(user):
    """Return the pairs that `user` may see: of pages that are public, submitted or one's own, and of records one works on."""
    found = Q(content_type__in=open_record_types(user), object_id__isnull=False)
    if policy_registry.get_by_type(Page).user_has_any_permission(user, ANY_RIGHT):
        own, submitted = own_pages(user), submitted_page_ids()
        for language in LANGUAGES:
            # Asked of each pair that is read, by its key: a list of all such pages would be made anew each time.
            page = Q(pk=OuterRef(f"page_{language.prefix}"))
            found |= Exists(own.filter(page)) | Exists(visible(Page.objects.filter(page)))
            found |= Q(**{f"page_{language.prefix}__in": submitted})
    return Pair.objects.filter(found)


def working_languages(user) -> list[Language]:
    """Return the languages that `user` writes in: those of their pages; both for who writes records alone."""
    rights = policy_registry.get_by_type(Page).get_cached_permissions_for_user(user)
    tops = Q(depth__lte=HOME_DEPTH) | Q(pk__in=[right.page_id for right in rights])  # below them, all is in their language
    codes = set(own_pages(user).order_by().filter(tops).values_list("locale__language_code", flat=True))
    found = [language for language in LANGUAGES if language.code in codes]
    return found or (list(LANGUAGES) if open_record_types(user) else [])


def reads_newest(user, page: Page | None) -> bool:
    """Return whether `user` may read the newest version of `page`, not only what is public of it."""
    if page is None:
        return True
    if not page.has_unpublished_changes and visible(Page.objects.filter(pk=page.pk)).exists():
        return True
    return page.pk in submitted_page_ids() or own_pages(user).filter(pk=page.pk).exists()


def may_declare(user, pair: Pair) -> bool:
    """Return whether `user` may say that both languages of `pair` are in line: who may change one of them and read both."""
    if getattr(user, "only_reads", False):
        return False
    if not pair.is_of_pages:
        record = subject_of(pair)
        return record is not None and policy_registry.get_by_type(type(record)).user_has_permission(user, "change")
    pages = [pair.page_zh, pair.page_en]
    if None in pages or not all(reads_newest(user, page) for page in pages):
        return False
    return any(page.permissions_for_user(user).can_edit() for page in (page.specific_deferred for page in pages))
