"""“English follows by …”: one language goes first, readers learn when the other is due, those who write it are reminded."""

from datetime import timedelta

import lxml.html
import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import registry as log_registry

from audit.models import WaitingDeed
from editorial.models import Promise
from editorial.promises import state
from tests.reviews import are_public, drafts, fresh, review, reviewers
from tests.signing_in import client_of

PANEL = "section[@id='promised-translations-section']"
pytestmark = pytest.mark.usefixtures("portal")


@pytest.fixture
def people():
    return reviewers()


@pytest.fixture
def pair():
    return drafts()


@pytest.fixture
def chief(staff):
    return staff("chief-editor")


def in_days(days: int):
    return timezone.localdate() + timedelta(days=days)


def told_at(client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return " ".join(lxml.html.fromstring(answer.content.decode()).xpath("string(//main)").split())


def address_of(page) -> str:
    return reverse("promise_translation", args=(page.pk,))


@pytest.mark.parametrize("approved_first", [True, False])
def test_a_promise_lets_one_language_go_first_and_ends_when_the_other_is_public(people, pair, chief, client, approved_first):
    chinese, english = pair
    if approved_first:
        review(chinese, people)
    answer = client_of(chief).post(address_of(chinese), {"due": in_days(5).isoformat()})
    assert answer.status_code == 302
    if not approved_first:
        review(chinese, people)

    assert are_public(chinese, english) == [True, False]
    review(english, people)
    assert are_public(chinese, english) == [True, True]
    assert not Promise.objects.exists()
    history = [entry.action for entry in log_registry.get_logs_for_instance(chinese)]
    assert {"editorial.promised", "editorial.promise_kept"} <= set(history)
    assert WaitingDeed.objects.filter(event="content.translation_promised").count() == 1


@pytest.mark.parametrize("first", [0, 1])
def test_readers_learn_when_the_other_language_is_due_and_that_it_is_late(people, pair, client, first):
    page = pair[first]
    state(page, in_days(5), None)
    review(page, people)
    path = f"/{('en', 'zh')[first]}/news/{page.slug}/"
    day = in_days(5)
    due, late = (
        (f"The English version is to follow by {day.day} {day:%B %Y}.", "taking longer than planned"),
        (f"中文版预计于{day.year}年{day.month}月{day.day}日前发布。", "中文版未能如期完成"),
    )[first]
    assert due in told_at(client, path)

    Promise.objects.update(due=in_days(-1))
    told = told_at(client, path)
    assert late in told
    assert str(in_days(-1).year) not in told.replace(page.shown_date, "")


def test_a_promise_withdrawn_is_told_no_more_and_what_is_public_stays(people, pair, chief, client):
    chinese, english = pair
    state(chinese, in_days(5), chief)
    review(chinese, people)

    client_of(chief).post(address_of(chinese), {"withdraw": "1"})

    assert are_public(chinese, english) == [True, False]
    assert "is to follow" not in told_at(client, f"/en/news/{chinese.slug}/")


@pytest.mark.parametrize("due", ["", "never", "-1", "400"])
def test_a_day_that_is_none_or_past_or_far_is_refused_with_the_remedy(pair, chief, due):
    value = in_days(int(due)).isoformat() if due.lstrip("-").isdigit() else due
    answer = client_of(chief).post(address_of(pair[0]), {"due": value})

    assert answer.status_code == 200
    assert lxml.html.fromstring(answer.content.decode()).xpath("//*[@role='alert']/text()")
    assert not Promise.objects.exists()


def test_chief_editors_alone_promise(pair, staff):
    for key in ("writer", "translator", "reviewer", "administrator", "auditor"):
        client = client_of(staff(key))
        assert client.get(address_of(pair[0])).status_code == 302, key
        client.post(address_of(pair[0]), {"due": in_days(5).isoformat()})
    assert not Promise.objects.exists()


def test_the_desk_of_those_who_write_the_language_shows_what_is_promised_overdue_first(staff):
    pages = [drafts(number)[0] for number in (1, 2)]
    for page, days in zip(pages, (3, -2), strict=True):
        page.live = True
        page.save()
        state(page, in_days(days), None)

    def desk(key: str) -> list[str]:
        tree = lxml.html.fromstring(client_of(staff(key)).get(reverse("wagtailadmin_home")).content.decode())
        return [" ".join(item.text_content().split()) for item in tree.xpath(f"//{PANEL}//li")]

    late, near = desk("translator")
    assert late.startswith(f"{pages[1].title} 英文版已逾期")
    assert near.startswith(f"{pages[0].title} 英文版应于")
    assert desk("writer") == []


def test_those_who_write_the_language_of_the_column_are_reminded_once_before_and_once_after(pair, staff, capsys):
    writers = [staff("translator"), staff("news-translator")]
    staff("about-translator"), staff("writer"), staff("reviewer"), staff("auditor")
    state(pair[0], in_days(10), None)

    def reminded() -> set[str]:
        mail.outbox.clear()
        call_command("remind_of_translations")
        return {message.to[0] for message in mail.outbox}

    expected = {person.email for person in writers}
    assert reminded() == set()
    Promise.objects.update(due=in_days(3))
    assert reminded() == expected
    assert pair[0].title in mail.outbox[0].subject
    assert reverse("language_pair_of_page", args=(pair[0].pk,)) in mail.outbox[0].body
    assert reminded() == set()
    Promise.objects.update(due=in_days(-1))
    assert reminded() == expected
    assert "逾期" in mail.outbox[0].subject
    assert reminded() == set()
    state(fresh(pair[0]), in_days(2), None)
    assert reminded() == expected


def test_a_mail_server_that_is_down_is_tried_again(pair, staff, monkeypatch):
    staff("translator")
    state(pair[0], in_days(1), None)

    def refuse(self):
        raise OSError("down")

    with monkeypatch.context() as patch:
        patch.setattr(mail.EmailMessage, "send", refuse)
        with pytest.raises(CommandError, match=pair[0].title):
            call_command("remind_of_translations")
    call_command("remind_of_translations")
    assert len(mail.outbox) == 1
