"""What decides whether and where readers find a page."""

from django.urls import reverse
from wagtail.models import Page, PageViewRestriction, Revision

from tests.matrix.actions import EVERYWHERE, SECTIONS, action
from tests.matrix.writing import send, url


def fresh(page: Page) -> Page:
    return Page.objects.get(pk=page.pk)


def bulk(case, name: str, *pages: Page, **data):
    address = reverse("wagtail_bulk_action", args=("wagtailcore", "page", name))
    query = "&".join(f"id={page.pk}" for page in pages)
    return case.client.post(f"{address}?{query}", data)


@action(*EVERYWHERE)
def publish(case):
    send(case, case.draft, **{"action-publish": "1"})
    return fresh(case.draft).live


@action(*EVERYWHERE)
def publish_in_bulk(case):
    bulk(case, "publish", case.draft)
    return fresh(case.draft).live


@action(*EVERYWHERE)
def publish_by_api(case):
    case.client.post(reverse("wagtailadmin_api:pages:action", args=(case.draft.pk, "publish")))
    return fresh(case.draft).live


@action(*EVERYWHERE)
def revert_by_api(case):
    first = case.live.revisions.order_by("created_at", "pk").first()
    before = case.live.latest_revision_id
    address = reverse("wagtailadmin_api:pages:action", args=(case.live.pk, "revert_to_page_revision"))
    case.client.post(address, {"revision_id": first.pk})
    return fresh(case.live).latest_revision_id != before


@action(*EVERYWHERE)
def schedule(case):
    send(case, case.draft, go_live_at="2099-01-01 08:00", **{"action-publish": "1"})
    return case.draft.revisions.filter(approved_go_live_at__isnull=False).exists()


@action(*EVERYWHERE)
def unschedule(case):
    revision = case.draft.latest_revision
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at="2099-01-01T00:00Z")
    case.client.post(url("revisions_unschedule", case.draft.pk, revision.pk))
    return not case.draft.revisions.filter(approved_go_live_at__isnull=False).exists()


@action(*EVERYWHERE)
def unpublish(case):
    case.client.post(url("unpublish", case.live.pk))
    return not fresh(case.live).live


@action(*EVERYWHERE)
def unpublish_in_bulk(case):
    bulk(case, "unpublish", case.live)
    return not fresh(case.live).live


@action(*EVERYWHERE)
def delete_draft(case):
    case.client.post(url("delete", case.draft.pk))
    return not Page.objects.filter(pk=case.draft.pk).exists()


@action(*EVERYWHERE)
def delete_in_review(case):
    page = case.in_review(case.user if case.scope == "own" else None)
    case.client.post(url("delete", page.pk))
    return not Page.objects.filter(pk=page.pk).exists()


@action(*EVERYWHERE)
def delete_public(case):
    case.client.post(url("delete", case.live.pk))
    return not Page.objects.filter(pk=case.live.pk).exists()


@action(*EVERYWHERE)
def delete_in_bulk(case):
    bulk(case, "delete", case.live, case.draft)
    return not Page.objects.filter(pk=case.live.pk).exists()


@action(*EVERYWHERE)
def move_draft(case):
    case.client.post(url("move_confirm", case.draft.pk, case.place.second.pk))
    return fresh(case.draft).is_child_of(case.place.second)


@action(*EVERYWHERE)
def move_public(case):
    case.client.post(url("move_confirm", case.live.pk, case.place.second.pk))
    return fresh(case.live).is_child_of(case.place.second)


def _abroad(case):
    """Return the section of the other language (of the one that the case's page is not in)."""
    code = "en" if case.place.section.locale.language_code == "zh-hans" else "zh-hans"
    return case.scene.places[code].second


@action("own", "others", "language")
def move_to_other_language(case):
    target = _abroad(case)
    case.client.post(url("move_confirm", case.draft.pk, target.pk))
    bulk(case, "move", case.draft, chooser=target.pk)
    return fresh(case.draft).is_child_of(target)


@action(*EVERYWHERE)
def move_in_bulk(case):
    bulk(case, "move", case.draft, chooser=case.place.second.pk)
    return fresh(case.draft).is_child_of(case.place.second)


@action(*SECTIONS)
def reorder(case):
    case.client.post(url("set_page_position", case.live.pk) + "?position=0")
    return fresh(case.place.section).get_first_child().pk == case.live.pk


def _copy(case, page, target, **data):
    form = {"new_title": "Copied", "new_slug": "copied", "new_parent_page": target.pk, **data}
    case.client.post(url("copy", page.pk), form)
    return Page.objects.child_of(target).filter(title="Copied")


@action(*EVERYWHERE)
def copy(case):
    return _copy(case, case.draft, case.place.section).exists()


@action(*EVERYWHERE)
def copy_and_publish(case):
    return _copy(case, case.live, case.place.section, publish_copies="on").filter(live=True).exists()


@action("own", "others", "language")
def copy_to_other_language(case):
    return _copy(case, case.draft, _abroad(case)).exists()


@action(*EVERYWHERE)
def alias(case):
    _copy(case, case.live, case.place.section, alias="on")
    address = reverse("wagtailadmin_api:pages:action", args=(case.live.pk, "create_alias"))
    case.client.post(address, {"destination_page_id": case.place.section.pk})
    return Page.objects.filter(alias_of=case.live).exists()


@action(*EVERYWHERE)
def convert_alias(case):
    alias = case.live.create_alias(parent=case.place.second)
    case.client.post(url("convert_alias", alias.pk))
    return fresh(alias).alias_of_id is None


@action(*EVERYWHERE)
def translate(case):
    locale = _abroad(case).locale
    case.client.post(reverse("simple_translation:submit_page_translation", args=(case.live.pk,)), {"locales": [locale.pk]})
    return case.live.has_translation(locale)


@action(*EVERYWHERE)
def lock(case):
    case.client.post(url("lock", case.draft.pk))
    return fresh(case.draft).locked


@action(*EVERYWHERE)
def unlock_others(case):
    Page.objects.filter(pk=case.draft.pk).update(locked=True, locked_by=case.scene.colleague)
    case.client.post(url("unlock", case.draft.pk))
    return not fresh(case.draft).locked


@action(*EVERYWHERE)
def make_private(case):
    case.client.post(url("set_privacy", case.live.pk), {"restriction_type": "login", "password": "", "groups": []})
    return PageViewRestriction.objects.filter(page=case.live).exists()
