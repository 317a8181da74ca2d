"""Enquiries in the admin: read, taken in hand, answered in the sender's language, downloaded, and all of it recorded."""

import csv
import datetime
import io

import pytest
from django.core import mail
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from lxml import html

from accounts.roles import COLUMN_ROLES
from audit.chain import append_waiting
from audit.events import Event
from audit.models import Entry
from bases.models import Base
from enquiries.models import Answer, Enquiry
from tests.factories import make_enquiry
from tests.signing_in import client_of
from tests.test_enquiry_mail import mail_server_is_down  # noqa: F401 - a fixture

pytestmark = pytest.mark.usefixtures("portal")

LIST = "enquiries:index"


@pytest.fixture
def reviewer(staff):
    user = staff("reviewer")
    return user, client_of(user)


def address(view: str, enquiry) -> str:
    return reverse(f"enquiries:{view}", args=(enquiry.pk,))


def handle(client, enquiry, **changes):
    """Send the form of the enquiry as it is but for `changes`."""
    form = html.document_fromstring(client.get(address("edit", enquiry)).content.decode()).get_element_by_id("w-editor-form")
    response = client.post(address("edit", enquiry), dict(form.form_values()) | changes)
    enquiry.refresh_from_db()
    return response


def references(client, **asked) -> set[str]:
    page = html.document_fromstring(client.get(reverse(LIST), asked).content.decode())
    titles = page.xpath("//table//*[contains(@class, 'title-wrapper')]//a")
    return {title.text_content().strip() for title in titles}


def test_the_list_is_filtered_and_shows_nothing_about_the_senders(reviewer):
    base = Base.objects.get(slug="yanshan-university")
    old = timezone.now() - datetime.timedelta(days=40)
    plain, to_base = make_enquiry(), make_enquiry(base=base, language="zh-hans", kind="bases")
    answered, early = make_enquiry(state="answered", taken_by=reviewer[0]), make_enquiry(received_at=old)
    client = reviewer[1]

    def found(**asked):
        return references(client, **asked)

    assert found() == {entry.reference for entry in (plain, to_base, answered, early)}
    assert found(state="answered") == found(taken_by=reviewer[0].pk) == {answered.reference}
    assert found(base=base.pk) == found(language="zh-hans") == found(kind="bases") == {to_base.reference}
    assert found(received_at_to=f"{timezone.localtime(old):%Y-%m-%d}") == {early.reference}
    assert found(q=plain.reference[:6]) == {plain.reference}
    shown = client.get(reverse(LIST)).content.decode()
    assert not [text for text in ("Ada", "ada@example.org", "Toronto", "How may I") if text in shown]


@pytest.mark.parametrize(
    ("person", "told"), [("reviewer", True), ("auditor", True), ("writer", False), ("administrator", False)]
)
def test_the_front_page_of_the_admin_counts_the_new_ones(staff, person, told):
    make_enquiry()
    make_enquiry(state="closed")
    shown = client_of(staff(person)).get(reverse("wagtailadmin_home")).content.decode()

    assert ("1封新来信" in shown) == told
    assert (reverse(LIST) in shown) == told


def test_the_list_takes_no_more_queries_for_more_enquiries(reviewer, django_assert_max_num_queries):
    base = Base.objects.get(slug="yanshan-university")
    client = reviewer[1]
    client.get(reverse(LIST))
    for _number in range(20):
        make_enquiry(base=base, taken_by=reviewer[0])
    with django_assert_max_num_queries(20):
        client.get(reverse(LIST))


def test_an_enquiry_is_read_whole(reviewer):
    enquiry = make_enquiry(message="<b>bold</b>\nnext line")
    shown = reviewer[1].get(address("edit", enquiry)).content.decode()

    for text in ("Ada Obi", "ada@example.org", "Canada", "University of Toronto", "materials science"):
        assert text in shown
    assert "&lt;b&gt;bold&lt;/b&gt;<br>next line" in shown


def test_whoever_takes_one_in_hand_is_named(reviewer):
    enquiry = make_enquiry()
    handle(reviewer[1], enquiry, state="in-hand")
    assert (enquiry.state, enquiry.taken_by) == (Enquiry.State.IN_HAND, reviewer[0])


def test_taking_a_new_one_puts_it_in_hand(reviewer, staff):
    enquiry, colleague = make_enquiry(), staff("chief-editor")
    handle(reviewer[1], enquiry, taken_by=str(colleague.pk))
    assert (enquiry.state, enquiry.taken_by) == (Enquiry.State.IN_HAND, colleague)


def test_only_who_may_answer_can_take_one(reviewer, staff):
    enquiry, writer = make_enquiry(), staff("writer")
    assert handle(reviewer[1], enquiry, taken_by=str(writer.pk)).status_code == 200
    assert enquiry.taken_by is None


def test_what_was_in_hand_is_new_no_more(reviewer):
    enquiry = make_enquiry(state="in-hand")
    assert handle(reviewer[1], enquiry, state="new").status_code == 200
    assert enquiry.state == Enquiry.State.IN_HAND


@pytest.mark.parametrize("state", ["answered", "closed", "spam"])
def test_putting_it_away_begins_the_time_of_keeping_anew(reviewer, state):
    long_ago = timezone.now() - datetime.timedelta(days=100)
    enquiry = make_enquiry(state="in-hand", received_at=long_ago, kept_from=long_ago)
    handle(reviewer[1], enquiry, note="A note alone")
    assert enquiry.kept_from == long_ago
    handle(reviewer[1], enquiry, state=state)
    assert (enquiry.state, timezone.now() - enquiry.kept_from < datetime.timedelta(minutes=5)) == (state, True)


def test_notes_are_kept_with_their_author(reviewer):
    enquiry = make_enquiry()
    handle(reviewer[1], enquiry, note="Asked the base.")

    note = enquiry.notes.get()
    assert (note.author, note.text) == (reviewer[0], "Asked the base.")
    assert "Asked the base." in reviewer[1].get(address("edit", enquiry)).content.decode()


@pytest.mark.parametrize(("language", "subject"), [("en", "Your enquiry {}"), ("zh-hans", "您给海智计划的来信（编号{}）")])
def test_an_answer_is_mailed_in_the_language_of_the_sender_and_kept(reviewer, language, subject):
    enquiry = make_enquiry(language=language, state="in-hand", message="Is it <open> & free?")
    response = reviewer[1].post(address("answer", enquiry), {"text": "You may.\nCome & see."})

    (sent,), answer = mail.outbox, Answer.objects.get()
    assert response.headers["Location"] == address("edit", enquiry)
    assert (sent.to, sent.content_subtype) == (["ada@example.org"], "plain")
    assert subject.format(enquiry.reference) in sent.subject
    assert "You may.\nCome & see." in sent.body
    assert "Is it <open> & free?" in sent.body
    assert (answer.author, answer.text) == (reviewer[0], "You may.\nCome & see.")
    assert answer.sent_at is not None
    enquiry.refresh_from_db()
    assert (enquiry.state, enquiry.taken_by) == (Enquiry.State.ANSWERED, reviewer[0])
    assert "Come &amp; see." in reviewer[1].get(address("edit", enquiry)).content.decode()
    assert "已答复" in reviewer[1].get(address("history", enquiry)).content.decode()


def test_an_answer_that_cannot_be_mailed_is_kept_and_said_to_be_unsent(reviewer, mail_server_is_down):  # noqa: F811
    enquiry = make_enquiry(state="in-hand")
    response = reviewer[1].post(address("answer", enquiry), {"text": "You may."}, follow=True)

    assert "邮件服务器没有接受这份答复" in response.content.decode()
    assert "答复（未发出）" in response.content.decode()
    assert Answer.objects.get().sent_at is None
    enquiry.refresh_from_db()
    assert enquiry.state == Enquiry.State.IN_HAND


def test_an_empty_answer_is_not_sent(reviewer):
    enquiry = make_enquiry()
    assert reviewer[1].post(address("answer", enquiry), {"text": " "}).status_code == 200
    assert mail.outbox == []
    assert not Answer.objects.exists()


def test_nobody_makes_or_deletes_one_in_the_admin(admin_client):
    enquiry = make_enquiry()
    for name in ("add", "delete", "copy", "usage"):
        with pytest.raises(NoReverseMatch):
            reverse(f"enquiries:{name}", args=() if name == "add" else (enquiry.pk,))
    for path in (reverse(LIST), address("edit", enquiry)):
        page = html.document_fromstring(admin_client.get(path).content.decode())
        assert not page.xpath("//main//a[contains(@href, '/new/') or contains(@href, '/delete/')]")


def test_roles_of_a_column_know_no_enquiry():
    assert not any(role.enquiries for role in COLUMN_ROLES)


@pytest.mark.parametrize(("person", "status"), [("chief-editor", 200), ("reviewer", 302), ("auditor", 302)])
def test_the_download_needs_a_right_of_its_own(staff, person, status):
    """Wagtail leads whoever lacks a right back to the admin's front page."""
    client = client_of(staff(person))
    make_enquiry()
    for form in ("csv", "xlsx"):
        assert client.get(reverse(LIST), {"export": form}).status_code == status
    assert ("export=csv" in client.get(reverse(LIST)).content.decode()) == (status == 200)


def test_the_download_holds_what_was_written_and_no_formula(staff):
    make_enquiry(name="=HYPERLINK(1)", message="-1+1", base=Base.objects.get(slug="yanshan-university"))
    response = client_of(staff("chief-editor")).get(reverse(LIST), {"export": "csv"})

    (row,) = csv.DictReader(io.StringIO(b"".join(response).decode()))
    assert (row["姓名"], row["来信内容"], row["电子邮箱"]) == ("'=HYPERLINK(1)", "'-1+1", "ada@example.org")


def recorded(event) -> list[Entry]:
    append_waiting()
    return list(Entry.objects.filter(event=event))


def test_each_look_at_an_enquiry_is_recorded_and_names_no_sender(staff, reviewer):
    enquiry, before = make_enquiry(), len(recorded(Event.PERSONAL_DATA_SEEN))
    reviewer[1].get(reverse(LIST))
    assert len(recorded(Event.PERSONAL_DATA_SEEN)) == before
    reviewer[1].get(address("edit", enquiry))
    reviewer[1].get(address("answer", enquiry))
    client_of(staff("auditor")).get(address("edit", enquiry))

    seen = recorded(Event.PERSONAL_DATA_SEEN)[: -before or None]
    assert {entry.actor_name for entry in seen} == {"a-reviewer", "a-auditor"}
    assert {entry.object_label for entry in seen} == {enquiry.reference}
    assert len(seen) == 3


def test_answers_and_downloads_are_recorded(staff, reviewer):
    enquiry = make_enquiry()
    reviewer[1].post(address("answer", enquiry), {"text": "You may."})
    client_of(staff("chief-editor")).get(reverse(LIST), {"export": "xlsx"})

    assert [(entry.actor_name, entry.object_label) for entry in recorded(Event.ENQUIRY_ANSWERED)] == [
        ("a-reviewer", enquiry.reference)
    ]
    (taken,) = recorded(Event.PERSONAL_DATA_EXPORTED)
    assert (taken.actor_name, taken.details["format"]) == ("a-chief-editor", "xlsx")
