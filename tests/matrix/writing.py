"""Writing pages: forms, drafts, review, and reading what is not public."""

import datetime
import json

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Comment, Page, Revision

from editorial.models import Pair, Promise
from editorial.pairs import version_of
from editorial.promises import state
from tests.matrix.actions import EVERYWHERE, SECTIONS, action, opens
from tests.matrix.scene import Case
from tests.word_documents import wps_document


def url(name: str, *arguments) -> str:
    return reverse(f"wagtailadmin_pages:{name}", args=arguments)


def latest_title(page: Page) -> str:
    return page.revisions.order_by("-created_at", "-pk").first().content["title"]


def send(case: Case, page: Page, headers=None, **changes):
    address = url("edit", page.pk)
    return case.client.post(address, case.scene.form(address, title="After", **changes), headers=headers)


@action(*SECTIONS)
def create(case):
    section, kind = case.place.section, case.place.draft._meta
    address = url("add", kind.app_label, kind.model_name, section.pk)
    case.client.post(address, case.scene.form(address, title="Created", date="2023-05-01", summary="…"))
    return Page.objects.child_of(section).filter(title="Created").exists()


@action("own", "language")
def create_from_word(case):
    section = case.place.section
    file = SimpleUploadedFile("a.docx", wps_document())
    case.client.post(reverse("news_from_word"), {"news_list": section.pk, "file": file})
    return Page.objects.child_of(section).filter(title="关于开展海智基地申报工作的通知", live=False).exists()


@action(*SECTIONS)
def create_and_publish(case):
    section, kind = case.place.section, case.place.draft._meta
    address = url("add", kind.app_label, kind.model_name, section.pk)
    data = {"title": "Created", "date": "2023-05-01", "summary": "…", "action-publish": "1"}
    case.client.post(address, case.scene.form(address, **data))
    return Page.objects.child_of(section).filter(title="Created", live=True).exists()


@action(*EVERYWHERE)
def open_form(case):
    return opens(case, url("edit", case.draft.pk))


@action(*EVERYWHERE)
def save_draft(case):
    send(case, case.draft)
    return latest_title(case.draft) == "After"


@action(*EVERYWHERE)
def save_public(case):
    send(case, case.live)
    return latest_title(case.live) == "After"


@action(*EVERYWHERE)
def autosave(case):
    revision = case.draft.latest_revision
    Revision.objects.filter(pk=revision.pk).update(user=case.user)  # only one's own revision is written over
    send(case, case.draft, headers={"accept": "application/json"}, overwrite_revision_id=str(revision.pk))
    return latest_title(case.draft) == "After"


@action(*EVERYWHERE)
def announce_editing(case):
    address = reverse("wagtailadmin_editing_sessions:ping", args=("wagtailcore", "page", case.draft.pk, 1))
    return case.client.post(address, {"is_editing": "1"}).status_code == 200


@action(*EVERYWHERE)
def comment(case):
    form = {
        "comments-TOTAL_FORMS": "1",
        "comments-INITIAL_FORMS": "0",
        "comments-0-contentpath": "title",
        "comments-0-text": "A remark",
        "comments-0-position": "",
        "comments-0-resolved": "",
        "comments-0-replies-TOTAL_FORMS": "0",
        "comments-0-replies-INITIAL_FORMS": "0",
    }
    send(case, case.draft, **form)
    return Comment.objects.filter(page=case.draft, text="A remark").exists()


@action(*EVERYWHERE)
def submit(case):
    send(case, case.draft, **{"action-submit": "1"})
    return Page.objects.get(pk=case.draft.pk).workflow_in_progress


@action(*EVERYWHERE)
def cancel_review(case):
    page = case.in_review(case.user if case.scope == "own" else None)
    case.client.post(url("confirm_workflow_cancellation", page.pk))
    send(case, page, **{"action-cancel-workflow": "1"})
    return not Page.objects.get(pk=page.pk).workflow_in_progress


def _decide(case: Case, verdict: str, steps: int):
    page = case.in_review()
    for elder in case.scene.elders[:steps]:
        page.current_workflow_task_state.approve(user=elder)
        page = type(page).objects.get(pk=page.pk)
    return _send_verdict(case, page, verdict)


def _send_verdict(case: Case, page, verdict: str):
    state = type(page).objects.get(pk=page.pk).current_workflow_task_state
    case.client.post(url("workflow_action", page.pk, verdict, state.pk), {"comment": "…"})
    state.refresh_from_db()
    return state


@action("others", "language", "column")
def approve(case):
    return _decide(case, "approve", 0).status == "approved"


@action("others", "language", "column")
def approve_second(case):
    return _decide(case, "approve", 1).status == "approved"


@action("others", "language", "column")
def reject(case):
    return _decide(case, "reject", 0).status == "rejected"


@action("others", "language", "column")
def release(case):
    state(case.draft, datetime.date(2099, 1, 1), case.scene.root)  # else a news item waits for its other language
    _decide(case, "approve", 2)
    return Page.objects.get(pk=case.draft.pk).live


@action("own", "others", "language")
def promise_translation(case):
    case.client.post(reverse("promise_translation", args=(case.draft.pk,)), {"due": timezone.localdate().isoformat()})
    return Promise.objects.filter(page=case.draft.pk).exists()


@action("own", "others", "language")
def withdraw_promise(case):
    state(case.draft, datetime.date(2099, 1, 1), case.scene.root)
    case.client.post(reverse("promise_translation", args=(case.draft.pk,)), {"withdraw": "1"})
    return not Promise.objects.filter(page=case.draft.pk).exists()


def _approves_some_step(case: Case, page) -> bool:
    """Return whether the person approves any of the three steps, of which others approve those that they do not."""
    approved = []
    for elder in (*case.scene.elders, None):
        approved.append(_send_verdict(case, page, "approve").status == "approved")
        if elder and not approved[-1]:
            type(page).objects.get(pk=page.pk).current_workflow_task_state.approve(user=elder)
    return any(approved)


@action()
def approve_what_one_wrote(case):
    case.draft.save_revision(user=case.user)
    return _approves_some_step(case, case.in_review())


@action()
def approve_what_one_sent_in(case):
    return _approves_some_step(case, case.in_review(case.user or case.scene.root))


@action()
def approve_twice(case):
    page = case.in_review()
    for elder in case.scene.elders:
        if _send_verdict(case, page, "approve").status == "approved":
            return _send_verdict(case, page, "approve").status == "approved"
        type(page).objects.get(pk=page.pk).current_workflow_task_state.approve(user=elder)
    return False


@action()
def edit_and_approve(case):
    page = case.in_review()
    state = page.current_workflow_task_state
    send(case, page, **{"action-workflow-action": "1", "workflow-action-name": "approve"})
    state.refresh_from_db()
    return state.status == "approved"


@action(*EVERYWHERE)
def revert(case):
    page = case.draft
    first = page.revisions.order_by("created_at", "pk").first()
    address = url("revisions_revert", page.pk, first.pk)
    case.client.post(address, case.scene.form(url("edit", page.pk), title="Reverted", revision=str(first.pk)))
    return latest_title(page) == "Reverted"


@action(*EVERYWHERE)
def view_draft(case):
    return opens(case, url("view_draft", case.draft.pk))


@action(*EVERYWHERE)
def preview(case):
    address = url("preview_on_edit", case.draft.pk)
    response = case.client.post(address, case.scene.form(url("edit", case.draft.pk)))
    return response.status_code == 200 and response.json()["is_valid"]


@action(*EVERYWHERE)
def history(case):
    return opens(case, url("history", case.draft.pk))


@action(*EVERYWHERE)
def compare(case):
    return opens(case, url("revisions_compare", case.draft.pk, "earliest", "latest"))


@action(*EVERYWHERE)
def view_revision(case):
    return opens(case, url("revisions_view", case.draft.pk, case.draft.latest_revision_id))


@action(*EVERYWHERE)
def choose_draft(case):
    listed = case.client.get(reverse("wagtailadmin_choose_page_child", args=(case.draft.get_parent().pk,)))
    chosen = case.client.get(reverse("wagtailadmin_choose_page_chosen_multiple"), {"id": case.draft.pk})
    answers = [answer.content.decode() for answer in (listed, chosen) if answer.status_code == 200]
    return any(f"/{case.draft.pk}/edit/" in answer for answer in answers)


@action(*EVERYWHERE)
def list_by_api(case):
    return opens(case, reverse("wagtailadmin_api:pages:detail", args=(case.draft.pk,)))


def pair_of(page: Page) -> Pair:
    return Pair.objects.get(subject=f"page:{page.translation_key}")


@action(*EVERYWHERE)
def see_pair(case):
    return opens(case, reverse("language_pair", args=(pair_of(case.draft).pk,)))


@action(*EVERYWHERE)
def see_checks(case):
    return opens(case, reverse("checks_of_page", args=(case.draft.pk,)))


def _public_pair(case) -> Pair:
    page = case.live
    counterpart = page.copy_for_translation(page.get_parent().get_translations().get().locale)
    counterpart.save_revision().publish()
    return pair_of(page)


@action(*EVERYWHERE)
def match_blocks(case):
    body = json.dumps([{"type": "paragraph", "value": "<p>A</p>", "id": "one"}])
    case.live.body = body
    case.live.save_revision().publish()
    pair = _public_pair(case)
    case.client.post(reverse("match_blocks", args=(pair.pk,)), {"zh": ["one"], "en": ["one"]})
    return bool(Pair.objects.get(pk=pair.pk).ties)


@action(*EVERYWHERE)
def declare_in_line(case):
    page, pair = case.live, _public_pair(case)
    case.client.post(reverse("language_pair", args=(pair.pk,)), {"version": version_of(pair)})
    return pair_of(page).state == Pair.State.IN_LINE


def _written_apart(case) -> Page:
    """Return a public page of the other language that no page of the case's language translates."""
    page = case.draft
    section = type(page.get_parent().specific).objects.exclude(locale=page.locale).order_by("path").first()
    values = {"date": "2023-05-01"} if hasattr(page, "date") else {}
    apart = type(page)(title="Apart", slug="written-apart", summary="…", locale=section.locale, **values)
    return section.add_child(instance=apart)


@action(*EVERYWHERE)
def link_translation(case):
    apart = _written_apart(case)
    case.client.post(reverse("link_translations", args=(case.draft.pk,)), {"other": apart.pk})
    return Page.objects.get(pk=case.draft.pk).translation_key == apart.translation_key


@action(*EVERYWHERE)
def unlink_translation(case):
    apart = _written_apart(case)
    Page.objects.filter(pk=apart.pk).update(translation_key=case.draft.translation_key)
    case.client.post(reverse("link_translations", args=(case.draft.pk,)), {"unlink": apart.pk})
    return Page.objects.get(pk=case.draft.pk).translation_key != case.draft.translation_key
