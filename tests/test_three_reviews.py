"""Three reviews by three people: what is published was approved by three who did not write it, whichever way is tried."""

import lxml.html
import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, TaskState, Workflow, WorkflowPage, WorkflowState, WorkflowTask
from wagtail.test.utils.form_data import querydict_from_html

from accounts.models import User
from accounts.reviewing import authors_of, refusal, undecidable
from accounts.roles import CHIEF_EDITOR, REVIEWER
from news.models import Topic
from tests.editing import NO_BODY, SUBMIT, edit_page, page_at
from tests.signing_in import client_of

ARTICLE = "zh/news/yanshan-university-accredited"


@pytest.fixture
def people(portal, staff):
    """Two reviewers and two chief editors beside one of each role."""
    found = {key: staff(key) for key in ("writer", "reviewer", "chief-editor")}
    for name, role in (("second-reviewer", REVIEWER), ("third-reviewer", REVIEWER), ("second-chief", CHIEF_EDITOR)):
        found[name] = User.objects.create_user(name, f"{name}@example.org", "a long password of the tests")
        found[name].groups.add(Group.objects.get(name=role.name))
    return found


def submit(person, page, **changes):
    return edit_page(client_of(person), page, **changes, **SUBMIT)


def step_of(page):
    return Page.objects.get(pk=page.pk).specific.current_workflow_task_state


def approve(person, page, step=None):
    """Approve the step that `page` stands at; return whether it is approved then."""
    step = step or step_of(page)
    client_of(person).post(reverse("wagtailadmin_pages:workflow_action", args=(page.pk, "approve", step.pk)))
    step.refresh_from_db()
    return step.status == TaskState.STATUS_APPROVED


def title_of(page) -> str:
    return Page.objects.get(pk=page.pk).title


def test_a_text_is_public_after_the_third_approval_by_a_third_person(people):
    page = page_at(ARTICLE)
    submit(people["writer"], page, title="送审的标题")

    for key in ("reviewer", "second-reviewer", "chief-editor"):
        assert title_of(page) != "送审的标题"
        assert approve(people[key], page), key

    assert title_of(page) == "送审的标题"
    assert WorkflowState.objects.for_instance(page).get().status == WorkflowState.STATUS_APPROVED


def test_nobody_approves_two_steps_of_one_review(people):
    page = page_at(ARTICLE)
    submit(people["writer"], page)
    assert approve(people["reviewer"], page)

    assert not approve(people["reviewer"], page)
    assert approve(people["chief-editor"], page)
    assert not approve(people["chief-editor"], page)
    assert approve(people["second-chief"], page)


def test_whoever_wrote_or_sent_in_approves_no_step(people):
    page = page_at(ARTICLE)
    edit_page(client_of(people["reviewer"]), page, title="审核人写的标题")
    submit(people["third-reviewer"], page)

    assert not approve(people["reviewer"], page)
    assert not approve(people["third-reviewer"], page)
    assert approve(people["second-reviewer"], page)


def test_the_editor_says_why_a_text_is_for_somebody_else_to_approve(people):
    page = page_at(ARTICLE)
    submit(people["reviewer"], page)

    answer = client_of(people["reviewer"]).get(reverse("wagtailadmin_pages:edit", args=(page.pk,)))

    tree = lxml.html.fromstring(answer.content.decode())
    assert "这篇内容由您送审，应由他人审核通过。" in tree.text_content()
    assert [
        button.get("data-workflow-action-name") for button in tree.xpath("//footer//button[@data-workflow-action-name]")
    ] == ["reject"]


def test_an_edit_during_the_review_begins_it_again_without_the_one_who_edited(people):
    page = page_at(ARTICLE)
    submit(people["writer"], page)
    assert approve(people["reviewer"], page)

    edit_page(client_of(people["second-reviewer"]), page, title="复审改过的标题")

    assert step_of(page).task.name.startswith("初审")
    assert not approve(people["second-reviewer"], page)
    for key in ("reviewer", "third-reviewer", "chief-editor"):
        assert approve(people[key], page), key
    assert title_of(page) == "复审改过的标题"


def test_a_change_sent_together_with_an_approval_is_kept_and_approves_nothing(people):
    page = page_at(ARTICLE)
    submit(people["writer"], page)
    client, step = client_of(people["reviewer"]), step_of(page)

    edit_page(client, page, title="边改边批", **{"action-workflow-action": "1", "workflow-action-name": "approve"})

    told = client.get(reverse("wagtailadmin_home")).content.decode()
    step.refresh_from_db()
    assert step.status == TaskState.STATUS_CANCELLED
    assert Page.objects.get(pk=page.pk).specific.get_latest_revision_as_object().title == "边改边批"
    assert "您改动了内容，因此应由他人审核通过。您的改动已保存。" in told


def test_a_version_written_over_in_place_loses_its_approvals(people):
    page = page_at(ARTICLE)
    page.save_revision(user=people["third-reviewer"])
    submit(people["writer"], page)
    page = page_at(ARTICLE)
    page.save_revision(user=people["third-reviewer"])
    assert approve(people["reviewer"], page)

    page = page_at(ARTICLE)
    page.title = "换掉的标题"
    page.save_revision(user=people["third-reviewer"], overwrite_revision=page.latest_revision)

    assert step_of(page).task.name.startswith("初审")
    assert not TaskState.objects.filter(revision=page.latest_revision, status=TaskState.STATUS_APPROVED).exists()


def test_a_version_written_over_in_place_before_the_first_approval_begins_the_review_again(people):
    page = page_at(ARTICLE)
    submit(people["writer"], page)
    read = step_of(page)

    page = page_at(ARTICLE)
    page.title = "没有人读过的标题"
    page.save_revision(user=people["writer"], overwrite_revision=page.latest_revision)

    assert not approve(people["reviewer"], page, read)
    assert approve(people["reviewer"], page)


def test_who_wrote_over_the_version_that_readers_see_is_an_author(people):
    page = page_at(ARTICLE)
    page.save_revision(user=people["reviewer"]).publish()
    page = page_at(ARTICLE)
    page.title = "改在原处"

    page.save_revision(user=people["reviewer"], overwrite_revision=page.latest_revision)

    assert authors_of(page_at(ARTICLE)) == {people["reviewer"].pk}


def test_an_approval_takes_nothing_from_its_sender_but_the_comment(people):
    page = page_at(ARTICLE)
    submit(people["writer"], page)
    step = step_of(page)

    step.task.specific.on_action(step, people["reviewer"], "approve", update=False, comment="可以")

    assert step_of(page).task.name.startswith("复审")


def test_who_wrote_what_was_restored_counts_among_the_authors(people):
    page = page_at(ARTICLE)
    page.title = "早先的标题"
    earlier = page.save_revision(user=people["reviewer"])
    page_at(ARTICLE).save_revision(user=people["writer"]).publish()
    client = client_of(people["writer"])
    address = reverse("wagtailadmin_pages:revisions_revert", args=(page.pk, earlier.pk))
    form = querydict_from_html(client.get(address).content.decode(), "page-edit-form")

    client.post(address, form.dict() | NO_BODY | SUBMIT)

    page = page_at(ARTICLE)
    assert page.workflow_in_progress
    assert authors_of(page) == {people["writer"].pk, people["reviewer"].pk}
    assert not approve(people["reviewer"], page)


def test_whoever_wrote_before_the_version_that_was_restored_counts_among_the_authors(people):
    page = page_at(ARTICLE)
    page.title = "第一稿"
    page.save_revision(user=people["reviewer"])
    second = page_at(ARTICLE).save_revision(user=people["writer"])
    page_at(ARTICLE).save_revision(user=people["writer"]).publish()
    address = reverse("wagtailadmin_pages:revisions_revert", args=(page.pk, second.pk))
    client = client_of(people["writer"])
    form = querydict_from_html(client.get(address).content.decode(), "page-edit-form")

    client.post(address, form.dict() | NO_BODY | SUBMIT)

    assert authors_of(page_at(ARTICLE)) == {people["writer"].pk, people["reviewer"].pk}


def test_what_is_written_over_after_it_was_sent_back_keeps_no_approval(people):
    page = page_at(ARTICLE)
    submit(people["writer"], page)
    assert approve(people["reviewer"], page)
    step = step_of(page)
    step.reject(user=people["second-reviewer"])

    page = page_at(ARTICLE)
    page.save_revision(user=people["writer"], overwrite_revision=page.latest_revision)

    assert not TaskState.objects.filter(revision=page.latest_revision, status=TaskState.STATUS_APPROVED).exists()


def test_who_opens_what_was_returned_reads_by_whom_and_why(people):
    page = page_at(ARTICLE)
    submit(people["writer"], page)
    step_of(page).reject(user=people["reviewer"], comment="请补摘要")

    form = client_of(people["writer"]).get(reverse("wagtailadmin_pages:edit", args=(page.pk,))).content.decode()

    assert "退回了这篇内容" in form
    assert "意见：请补摘要" in form


def test_who_wrote_a_page_counts_among_the_authors_of_its_copy(people):
    page = page_at(ARTICLE)
    page.save_revision(user=people["reviewer"])
    form = {"new_title": "副本", "new_slug": "fu-ben", "new_parent_page": page.get_parent().pk}
    client_of(people["writer"]).post(reverse("wagtailadmin_pages:copy", args=(page.pk,)), form)

    copy = page_at("zh/news/fu-ben")
    assert not copy.live
    assert {people["writer"].pk, people["reviewer"].pk} <= authors_of(copy)
    submit(people["writer"], copy)
    assert not approve(people["reviewer"], copy)


def test_a_superuser_decides_as_a_member_of_a_group_alone(people, admin_client):
    page = page_at(ARTICLE)
    submit(people["writer"], page)
    step, root = step_of(page), User.objects.get(username="root")

    admin_client.post(reverse("wagtailadmin_pages:workflow_action", args=(page.pk, "approve", step.pk)))
    step.refresh_from_db()
    assert step.status == TaskState.STATUS_IN_PROGRESS

    root.groups.add(Group.objects.get(name=REVIEWER.name))
    assert approve(root, page, step)


@pytest.mark.parametrize("steps", [0, 2])
def test_a_workflow_with_fewer_steps_publishes_nothing(people, steps):
    page = page_at(ARTICLE)
    workflow = Workflow.objects.create(name="Short")
    for task in Workflow.objects.get(name="三审 Three reviews · 新闻 News").tasks[:steps]:
        WorkflowTask.objects.create(workflow=workflow, task=task)
    WorkflowPage.objects.create(page=page, workflow=workflow)

    answer = submit(people["writer"], page, title="没有审完")
    for key in ("reviewer", "second-reviewer")[:steps]:
        approve(people[key], page)

    assert answer.status_code == 302
    assert title_of(page) != "没有审完"
    assert not WorkflowState.objects.filter(status=WorkflowState.STATUS_APPROVED).exists()


def test_a_schedule_holds_from_the_third_approval(people):
    page = page_at(ARTICLE)
    tomorrow = timezone.now() + timezone.timedelta(days=1)
    submit(people["writer"], page, title="明天的标题", go_live_at=tomorrow.strftime("%Y-%m-%d %H:%M"))

    for key in ("reviewer", "second-reviewer", "chief-editor"):
        assert not page_at(ARTICLE).approved_schedule
        assert approve(people[key], page), key

    revision = page_at(ARTICLE).scheduled_revision
    assert revision is not None
    assert title_of(page) != "明天的标题"
    revision.content["go_live_at"] = (timezone.now() - timezone.timedelta(minutes=1)).isoformat()
    revision.approved_go_live_at = timezone.now() - timezone.timedelta(minutes=1)
    revision.save()
    call_command("publish_scheduled")
    assert title_of(page) == "明天的标题"


def test_a_record_passes_the_same_three_reviews(people):
    topic = Topic.objects.first()
    topic.name_en = "Reviewed"
    topic.save_revision(user=people["writer"])
    topic.get_workflow().start(topic, people["writer"])

    for key in ("writer", "reviewer", "reviewer", "second-reviewer", "chief-editor"):
        assert Topic.objects.get(pk=topic.pk).name_en != "Reviewed"
        step = topic.current_workflow_task_state
        address = reverse("wagtailsnippets_news_topic:workflow_action", args=(topic.pk, "approve", step.pk))
        client_of(people[key]).post(address)

    assert Topic.objects.get(pk=topic.pk).name_en == "Reviewed"
    assert not Topic.objects.get(pk=topic.pk).workflow_in_progress


def test_the_list_of_what_waits_for_a_person_holds_what_that_person_may_approve(people, django_assert_max_num_queries):
    pages = [page_at(f"zh/news/{slug}") for slug in ("yanshan-university-accredited", "wujin-hi-tech-zone-approved")]
    edit_page(client_of(people["reviewer"]), pages[0], title="审核人写的标题")
    for page in pages:
        submit(people["writer"], page)
    topic = Topic.objects.first()
    topic.save_revision(user=people["second-reviewer"])
    topic.get_workflow().start(topic, people["writer"])
    approve(people["third-reviewer"], pages[1])

    states = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS)
    for person in people.values():
        refused = {state.pk for state in states if refusal(_reviewed(state), person)}
        assert set(undecidable(states, person)) == refused
        waiting = set(TaskState.objects.reviewable_by(person).values_list("pk", flat=True))
        offered = {state.pk for state in states if "approve" in _offered(state, person)}
        assert waiting == offered
    with django_assert_max_num_queries(6):
        undecidable(states, people["reviewer"])


def _reviewed(state):
    obj = state.workflow_state.content_object
    return obj.specific if isinstance(obj, Page) else obj


def _offered(state, person) -> set[str]:
    return {name for name, _label, _asks in state.task.specific.get_actions(_reviewed(state), person)}


def test_an_incomplete_text_is_not_approved(people):
    page = page_at(ARTICLE)
    submit(people["writer"], page)
    edit_page(client_of(people["reviewer"]), page, date="")

    assert not approve(people["second-reviewer"], page)
    assert "日期" in refusal(page_at(ARTICLE), people["second-reviewer"])


def test_the_sheet_says_who_did_what_and_when(people):
    page = page_at(ARTICLE)
    submit(people["writer"], page, title="有审校单的标题")
    for key in ("reviewer", "second-reviewer", "chief-editor"):
        approve(people[key], page)
    client = client_of(people["chief-editor"])

    response = client.get(reverse("latest_review_sheet", args=("news", "newspage", page.pk)), follow=True)

    rows = lxml.html.fromstring(response.content.decode()).xpath("//table[contains(@class, 'review-sheet')]/tbody/tr")
    deeds = [(row[1].text_content().strip(), row[2].text_content().split("（")[-1].strip("）\n ")) for row in rows]
    assert deeds == [
        ("保存了一个版本", "a-writer"),
        ("送审", "a-writer"),
        ("初审 First review · 新闻 News：通过", "a-reviewer"),
        ("复审 Second review：通过", "second-reviewer"),
        ("终审签发 Final review and release：通过", "a-chief-editor"),
        ("已发布", "a-chief-editor"),
    ]
    assert "有审校单的标题" in response.content.decode()


def test_the_sheet_is_for_those_who_may_change_the_text_or_audit_it(people, staff, client):
    page = page_at(ARTICLE)
    submit(people["writer"], page)
    sheet = reverse("review_sheet", args=(WorkflowState.objects.for_instance(page).get().pk,))

    assert client_of(people["writer"]).get(sheet).status_code == 200
    assert client_of(staff("auditor")).get(sheet).status_code == 200
    for stranger in (client, client_of(staff("translator")), client_of(staff("administrator"))):
        assert stranger.get(sheet).status_code == 302


def test_what_was_never_in_review_has_no_sheet(people):
    page = page_at(ARTICLE)
    client = client_of(people["chief-editor"])

    answer = client.get(reverse("latest_review_sheet", args=("news", "newspage", page.pk)))

    assert answer["Location"] == reverse("wagtailadmin_pages:edit", args=(page.pk,))
    assert client.get(reverse("latest_review_sheet", args=("news", "newspage", 10**9))).status_code == 404
    assert client.get(reverse("latest_review_sheet", args=("accounts", "user", 1))).status_code == 404
