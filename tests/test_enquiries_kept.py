"""Enquiries at rest: sealed, found by their sender alone, gone when their time is over."""

import datetime
import io
import json

import pytest
from django.core.exceptions import FieldError
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from core.sealing import UnreadableText
from enquiries.models import Answer, Enquiry, Note
from tests.factories import make_enquiry

pytestmark = pytest.mark.usefixtures("portal")

WORDS = ("Ada Obi", "ada@example.org", "Canada", "Toronto", "materials", "take part", "You may", "Asked")


@pytest.fixture
def enquiry(staff) -> Enquiry:
    """An enquiry with an answer and a note."""
    enquiry, author = make_enquiry(), staff("reviewer")
    Answer.objects.create(enquiry=enquiry, author=author, text="You may.", sent_at=timezone.now())
    Note.objects.create(enquiry=enquiry, author=author, text="Asked the base.")
    return enquiry


def rows() -> str:
    """Return the tables of enquiries as the database holds them."""
    found = []
    with connection.cursor() as cursor:
        for model in (Enquiry, Answer, Note):
            cursor.execute(f"SELECT * FROM {model._meta.db_table}")  # noqa: S608 - our own tables
            found += cursor.fetchall()
    return repr(found)


def asked(command: str, *arguments: str) -> str:
    out = io.StringIO()
    call_command(command, *arguments, stdout=out)
    return out.getvalue()


def test_nothing_about_the_sender_can_be_read_in_the_database(enquiry):
    lying = rows()

    assert enquiry.reference in lying
    assert not [word for word in WORDS if word.casefold() in lying.casefold()]


def test_equal_texts_are_sealed_differently(enquiry):
    make_enquiry()
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM enquiries_enquiry")
        assert len(set(cursor.fetchall())) == 2


def test_an_earlier_key_still_opens_and_finds(enquiry, settings):
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "a key that came later"

    assert Enquiry.objects.from_address("ADA@example.org ").get().message == "How may I take part?"


def test_with_another_key_nothing_is_read_and_nothing_destroyed(enquiry, settings):
    key, settings.SECRET_KEY = settings.SECRET_KEY, "another key"
    unread = Enquiry.objects.get()
    assert isinstance(unread.name, UnreadableText)
    assert "Ada" not in unread.name
    unread.state = Enquiry.State.CLOSED
    unread.save()

    settings.SECRET_KEY = key
    assert Enquiry.objects.get().name == "Ada Obi"


@pytest.mark.parametrize("lookup", ["name", "name__icontains", "message__startswith"])
def test_nobody_searches_in_what_is_sealed(lookup):
    with pytest.raises(FieldError):
        Enquiry.objects.filter(**{lookup: "Ada"})


def test_an_enquiry_goes_with_all_that_was_written_about_it(enquiry, settings):
    keep, kept = make_enquiry(), timezone.now() - datetime.timedelta(days=settings.ENQUIRY_RETENTION_DAYS)
    Enquiry.objects.filter(pk=enquiry.pk).update(kept_from=kept - datetime.timedelta(hours=1))
    Enquiry.objects.filter(pk=keep.pk).update(kept_from=kept + datetime.timedelta(hours=1))

    assert "enquiries: 1 " in asked("keep_retention")
    assert list(Enquiry.objects.all()) == [keep]
    assert not Answer.objects.exists()
    assert not Note.objects.exists()


def test_the_time_is_counted_from_the_answer(enquiry, settings):
    received = timezone.now() - datetime.timedelta(days=settings.ENQUIRY_RETENTION_DAYS + 30)
    Enquiry.objects.filter(pk=enquiry.pk).update(received_at=received, kept_from=timezone.now(), state="answered")

    assert "enquiries: 0 " in asked("keep_retention")


def test_whoever_asks_gets_what_they_wrote_and_what_was_written_about_it(enquiry):
    make_enquiry(email="other@example.org")
    (written,) = json.loads(asked("export_person", "Ada@Example.org"))["enquiries"]["written"]

    assert written["number"] == enquiry.reference
    assert (written["name"], written["message"]) == ("Ada Obi", "How may I take part?")
    assert [entry["text"] for entry in written["answers"] + written["notes"]] == ["You may.", "Asked the base."]


def test_staff_get_which_enquiries_they_worked_on_and_no_word_of_others(enquiry):
    exported = json.loads(asked("export_person", "a-reviewer"))["enquiries"]

    assert [entry["deed"] for entry in exported["worked_on"]] == ["answered", "noted"]
    assert "ada@example.org" not in json.dumps(exported)


def test_whoever_asks_is_erased_and_others_are_not(enquiry):
    other = make_enquiry(email="other@example.org", message="As Ada Obi told me")
    assert "enquiries: 1 enquiries" in asked("erase_person", "ADA@example.org")
    assert Enquiry.objects.count() == 2

    told = asked("erase_person", "ada@example.org", "--name", "Ada Obi", "--yes")

    assert f"The enquiry {other.reference} names the person" in told
    assert "mailboxes of the programme office" in told
    assert list(Enquiry.objects.all()) == [other]
    assert not Answer.objects.exists()


def test_an_answer_stays_without_its_author(enquiry):
    asked("erase_person", "a-reviewer", "--yes")

    answer = Answer.objects.get()
    assert answer.text == "You may."
    assert answer.author.get_short_name().startswith("former-")
