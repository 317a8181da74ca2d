"""Published together: both languages of a news item become public in one transaction, or neither does."""

from datetime import timedelta

import lxml.html
import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry, Revision
from wagtail.signals import page_published

from core.languages import CHINESE
from editorial.checks.grades import Grade
from editorial.linking import link, unlink
from editorial.models import HeldRelease, LateFinding, ListedWord
from news.models import NewsPage
from tests.editing import page_at
from tests.factories import make_news
from tests.reviews import approve, are_public, drafts, fresh, review, reviewers, submit
from tests.signing_in import client_of

pytestmark = pytest.mark.usefixtures("portal")

PUBLISHED = ["wagtail.publish", "wagtail.publish.scheduled"]


@pytest.fixture
def people():
    return reviewers()


@pytest.fixture
def pair():
    return drafts()


def publications(*pages) -> int:
    return PageLogEntry.objects.filter(page__in=pages, action__in=PUBLISHED).count()


def come(*pages) -> None:
    """Let the time come that the versions of `pages` are approved for."""
    for revision in Revision.objects.filter(object_id__in=[str(page.pk) for page in pages], approved_go_live_at__isnull=False):
        past = timezone.now() - timedelta(minutes=1)
        revision.content["go_live_at"] = past.isoformat()
        revision.approved_go_live_at = past
        revision.save()


@pytest.mark.parametrize("first", [0, 1])
def test_what_is_approved_in_one_language_waits_for_the_other(people, pair, first, staff):
    one, other = pair[first], pair[1 - first]

    review(one, people)

    assert are_public(one, other) == [False, False]
    assert not fresh(one).workflow_in_progress
    desk = client_of(staff("chief-editor")).get("/admin/").content.decode()
    assert "已通过审校，等待另一语言" in desk
    review(other, people)
    assert are_public(one, other) == [True, True]
    assert not HeldRelease.objects.exists()
    assert publications(one, other) == 2


def test_without_a_counterpart_it_waits_for_the_one_to_be_written(people, pair):
    pair[1].delete()
    review(pair[0], people)
    assert are_public(pair[0]) == [False]

    english = fresh(pair[0]).copy_for_translation(page_at("en/news").locale)
    assert not english.live
    review(english, people)
    assert are_public(pair[0], english) == [True, True]


def test_both_go_or_neither_does(people, pair, monkeypatch):
    review(pair[0], people)
    submit(pair[1], people)
    approve(pair[1], people, steps=2)
    published = []

    def stumble(sender, instance, **kwargs):
        published.append(instance)
        if len(published) == 2:
            raise RuntimeError("the second of both")

    page_published.connect(stumble)
    try:
        with pytest.raises(RuntimeError):
            fresh(pair[1]).current_workflow_task_state.task.specific.on_action(
                fresh(pair[1]).current_workflow_task_state, _member(people[2], pair[1]), "approve"
            )
    finally:
        page_published.disconnect(stumble)

    assert len(published) == 2
    assert are_public(*pair) == [False, False]
    assert fresh(pair[1]).workflow_in_progress
    approve(pair[1], people[2:], steps=1)
    assert are_public(*pair) == [True, True]


def _member(person, page):
    """Return `person` as one who decides at the step that `page` stands at."""
    person.groups.add(fresh(page).current_workflow_task.specific.groups.first())
    return person


def test_a_change_after_the_approval_is_approved_anew(people, pair):
    review(pair[0], people)
    fresh(pair[0]).get_latest_revision_as_object().save_revision(user=people[-1])

    review(pair[1], people)

    assert are_public(*pair) == [False, False]
    review(pair[0], people)
    assert are_public(*pair) == [True, True]


def test_a_version_written_over_after_its_approval_is_approved_anew(people, pair):
    review(pair[0], people)
    page = fresh(pair[0]).get_latest_revision_as_object()
    page.title = "换掉的标题"
    page.save_revision(user=people[-1], overwrite_revision=page.latest_revision)

    review(pair[1], people)

    assert are_public(*pair) == [False, False]


def test_a_public_pair_is_renewed_alone_or_together(people):
    chinese, english = make_news(1)
    review(chinese, people, title="只改中文")
    assert fresh(chinese).title == "只改中文"

    submit(english, people, title="Both")
    review(chinese, people, title="同改")
    assert fresh(chinese).title == "只改中文"
    approve(english, people)
    assert (fresh(chinese).title, fresh(english).title) == ("同改", "Both")


@pytest.mark.parametrize("way", ["cancelled", "unlinked", "deleted"])
def test_what_waits_for_a_text_in_review_goes_when_that_is_taken_back(people, way):
    chinese, english = make_news(1)
    submit(english, people, title="In review")
    review(chinese, people, title="等待")
    assert fresh(chinese).title != "等待"

    if way == "cancelled":
        fresh(english).current_workflow_state.cancel(user=people[0])
    elif way == "unlinked":
        unlink(fresh(english), people[0])
    else:
        fresh(english).delete()

    assert fresh(chinese).title == "等待"


def test_what_was_approved_brings_nothing_back_that_was_taken_down(people):
    chinese, english = make_news(1)
    submit(english, people, title="In review")
    review(chinese, people, title="等待")
    fresh(chinese).unpublish()

    fresh(english).current_workflow_state.cancel(user=people[0])

    assert are_public(chinese, english) == [False, True]


def test_items_written_apart_that_are_both_approved_go_once_they_are_linked(people, pair):
    chinese, english = pair
    unlink(fresh(english), people[0])
    review(chinese, people)
    review(english, people)
    assert are_public(chinese, english) == [False, False]

    link(fresh(english), fresh(chinese), people[0])

    assert are_public(chinese, english) == [True, True]


def test_an_item_that_is_public_in_one_language_is_edited_and_completed_alone(people):
    (chinese,) = make_news(1, languages=[CHINESE])
    review(chinese, people, title="改了")
    assert fresh(chinese).title == "改了"

    english = fresh(chinese).copy_for_translation(page_at("en/news").locale)
    review(english, people)
    assert are_public(english) == [True]


def test_one_language_is_taken_down_alone(people, staff):
    chinese, english = make_news(1)
    fresh(english).unpublish()

    assert are_public(chinese, english) == [True, False]
    review(english, people)
    assert are_public(chinese, english) == [True, True]


def test_other_kinds_of_page_go_alone(people):
    page = page_at("zh/programme").get_children().first().specific
    fresh(page).get_translations().first().unpublish()
    fresh(page).unpublish()

    review(page, people)

    assert are_public(page) == [True]


@pytest.mark.parametrize("earlier", [None, 1])
def test_of_two_times_the_later_holds_for_both(people, pair, earlier):
    late = timezone.now().replace(microsecond=0) + timedelta(days=2)
    review(pair[0], people, go_live_at=late)
    review(pair[1], people, go_live_at=earlier and timezone.now() + timedelta(days=earlier))

    revisions = [fresh(page).scheduled_revision for page in pair]
    assert [revision.approved_go_live_at for revision in revisions] == [late, late]
    assert are_public(*pair) == [False, False]
    call_command("publish_scheduled")
    assert are_public(*pair) == [False, False]
    come(*pair)
    call_command("publish_scheduled")
    assert are_public(*pair) == [True, True]
    call_command("publish_scheduled")
    assert publications(*pair) == 2


def test_a_fault_in_one_pair_keeps_no_other_from_going(people, pair, capsys):
    others = drafts(2)
    for page in (*pair, *others):
        review(page, people, go_live_at=timezone.now() + timedelta(days=1))
    come(*pair, *others)

    def stumble(sender, instance, **kwargs):
        if instance.pk == pair[1].pk:
            raise RuntimeError("a bad one")

    page_published.connect(stumble)
    try:
        with pytest.raises(CommandError, match="1 could not be done"):
            call_command("publish_scheduled")
    finally:
        page_published.disconnect(stumble)
    assert are_public(*pair, *others) == [False, False, True, True]
    assert "a bad one" in capsys.readouterr().err

    call_command("publish_scheduled")
    assert are_public(*pair) == [True, True]


def test_a_time_that_was_cancelled_in_one_language_keeps_the_other_waiting(people, pair):
    for page in pair:
        review(page, people, go_live_at=timezone.now() + timedelta(days=1))
    revision = fresh(pair[1]).scheduled_revision
    revision.approved_go_live_at = None
    revision.save(update_fields=["approved_go_live_at"])
    come(pair[0])

    call_command("publish_scheduled")
    assert are_public(*pair) == [False, False]

    review(pair[1], people, go_live_at=None)
    assert are_public(*pair) == [True, True]


@pytest.fixture
def listed(pair):
    """A function that lists what the first of `pair` is called as a word that keeps a text from being published."""

    def list_word() -> ListedWord:
        mail.outbox.clear()  # of what Wagtail told about the review
        return ListedWord.objects.create(word=pair[0].title, language=CHINESE.code, grade=Grade.GRAVE)

    return list_word


@pytest.mark.parametrize("is_dated", [True, False], ids=["for its time", "for its other language"])
def test_what_the_checks_find_after_the_approval_is_told_at_once_and_holds_the_pair_back(people, pair, staff, listed, is_dated):
    for page in pair if is_dated else pair[:1]:
        review(page, people, go_live_at=timezone.now() + timedelta(days=1) if is_dated else None)
    word = listed()

    call_command("publish_scheduled")
    call_command("publish_scheduled")

    assert sorted(message.to[0] for message in mail.outbox) == [person.email for person in people]
    assert mail.outbox[0].subject == f"暂缓发布：{pair[0].title}"
    assert f"“{word.word}”" in mail.outbox[0].body
    assert reverse("checks_of_page", args=(pair[0].pk,)) in mail.outbox[0].body
    chief = client_of(staff("chief-editor"))
    desk = lxml.html.fromstring(chief.get("/admin/").content.decode())
    assert reverse("checks_of_page", args=(pair[0].pk,)) in desk.xpath("//ul[@class='desk__list']//a/@href")
    told = lxml.html.fromstring(chief.get(reverse("wagtailadmin_pages:edit", args=(pair[0].pk,))).content.decode())
    assert [text for text in told.xpath("//div[@class='messages']//li//text()") if "暂缓发布" in text]

    if is_dated:
        come(*pair)
    else:
        review(pair[1], people)
    call_command("publish_scheduled")
    assert are_public(*pair) == [False, False]

    word.delete()
    call_command("publish_scheduled")
    assert are_public(*pair) == [True, True]
    assert not LateFinding.objects.exists()


@pytest.mark.parametrize(
    ("fault", "ends_with"),
    [(OSError("no mail today"), CommandError), (KeyboardInterrupt(), KeyboardInterrupt)],
    ids=["the mail is not taken", "the command is stopped before"],
)
def test_a_finding_that_nobody_could_be_told_of_is_told_the_next_time(people, pair, listed, monkeypatch, fault, ends_with):
    review(pair[0], people, go_live_at=timezone.now() + timedelta(days=1))
    listed()

    def fail(message):
        raise fault

    with monkeypatch.context() as patch:
        patch.setattr("django.core.mail.EmailMessage.send", fail)
        with pytest.raises(ends_with):
            call_command("publish_scheduled")
    assert not mail.outbox

    call_command("publish_scheduled")
    assert len(mail.outbox) == len(people)


def test_a_text_that_cannot_be_checked_keeps_no_other_from_going(people, pair, monkeypatch):
    others = drafts(2)
    for page in (*pair, *others):
        review(page, people, go_live_at=timezone.now() + timedelta(days=1))
    come(*pair, *others)

    def fail_at_one(text):
        if text.pk == pair[0].pk:
            raise RuntimeError("a bad check")
        return []

    with monkeypatch.context() as patch:
        patch.setattr("editorial.late_findings.obstacles", fail_at_one)
        with pytest.raises(CommandError, match="2 could not be done"):
            call_command("publish_scheduled")

    assert are_public(*pair, *others) == [False, False, True, True]


def test_what_has_expired_is_taken_down_in_both_languages(people):
    chinese, english = make_news(1)
    NewsPage.objects.filter(pk__in=[chinese.pk, english.pk]).update(expire_at=timezone.now() - timedelta(minutes=1))

    call_command("publish_scheduled")

    assert are_public(chinese, english) == [False, False]
    assert fresh(chinese).expired


@pytest.mark.parametrize("steps", [0, 3])
def test_the_translation_is_begun_while_the_original_is_in_review_or_waits(people, pair, staff, steps):
    """From the pair of texts, by one who may not open the other tree; an original that was not sent in stays its author's."""
    chinese, english = pair
    english.delete()
    client, address = client_of(staff("translator")), reverse("language_pair_of_page", args=(chinese.pk,))
    assert client.get(address).status_code == 404
    submit(chinese, people)
    approve(chinese, people, steps)

    shown = client.get(address, follow=True)
    begin = lxml.html.fromstring(shown.content.decode()).xpath("//a[contains(@href, '/translation/submit/')]/@href")[0]
    form = lxml.html.fromstring(client.get(begin).content.decode()).xpath("//form[@method='POST']")[0]
    answer = client.post(begin, dict(form.form_values()))

    english = fresh(chinese).get_translations().get()
    assert answer["Location"] == reverse("wagtailadmin_pages:edit", args=(english.pk,))
    assert client.get(answer["Location"]).status_code == 200
