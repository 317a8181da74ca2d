"""Dates that cannot be forged: what was once public of an item is not changed unseen."""

import datetime
import json

import lxml.html
import pytest
from django.urls import reverse
from django.utils import translation
from wagtail.log_actions import registry as log_registry

from audit.models import WaitingDeed
from news.models import Correction, NewsPage
from tests.editing import page_at, publish_page
from tests.factories import make_news
from tests.reviews import fresh

pytestmark = pytest.mark.usefixtures("portal")


def publish(page, **changes) -> NewsPage:
    newest = fresh(page).get_latest_revision_as_object()
    for name, value in changes.items():
        setattr(newest, name, value)
    newest.save_revision().publish()
    return fresh(page)


def with_corrections(page, *notes) -> NewsPage:
    """Publish `page` with just these corrections, each a day and a text."""
    return publish(page, corrections=[Correction(date=datetime.date.fromisoformat(day), text=text) for day, text in notes])


def corrections(client, page) -> list[str]:
    tree = lxml.html.fromstring(client.get(page.get_url()).content.decode())
    return [" ".join(item.text_content().split()) for item in tree.xpath("//section[@class='corrections']//li")]


def history(page) -> list[str]:
    with translation.override("zh-hans"):
        return [entry.message for entry in log_registry.get_logs_for_instance(page) if entry.action.startswith("news.")]


def test_a_changed_date_is_told_to_readers_and_in_the_history(client):
    chinese, english = make_news(1, date="2023-03-03")
    english = publish(english, date="2023-03-06")
    chinese = publish(chinese, date="2023-03")

    [line] = corrections(client, english)
    assert line.startswith("Date corrected on")
    assert line.endswith("from 3 March 2023 to 6 March 2023.")
    [line] = corrections(client, chinese)
    assert line.endswith("由2023年3月3日更正为2023年3月。")
    assert history(chinese) == ["读者所见日期由2023年3月3日变更为2023年3月"]
    assert WaitingDeed.objects.filter(event="content.date_corrected").count() == 2


def test_what_readers_have_not_seen_is_changed_without_a_word(client):
    page = make_news(1, date="2023-03-03", live=False)[1]
    page = publish(page, date="2023-03-04")
    assert corrections(client, page) == []
    fresh(page).get_latest_revision_as_object().save_revision()
    newest = fresh(page).get_latest_revision_as_object()
    newest.date = "2020"
    newest.save_revision()
    assert corrections(client, page) == []


def test_a_date_changed_while_the_item_is_down_is_told_when_it_is_back(client):
    page = make_news(1, date="2023-03-03")[1]
    page.unpublish()
    page = fresh(page)
    page.date = "2024"
    page.save()

    page = publish(page)

    assert [line.split("from ")[1] for line in corrections(client, page)] == ["3 March 2023 to 2024."]


def test_no_version_or_copy_says_when_a_page_was_first_published(admin_client, client):
    page = publish(make_news(1, date="2023-03-03")[1])
    first, shown = page.first_published_at, page.shown_dates
    newest = page.get_latest_revision()
    newest.content |= {"first_published_at": "2001-01-01T00:00:00Z", "shown_dates": []}
    newest.save()
    newest.publish()
    assert (fresh(page).first_published_at, fresh(page).shown_dates) == (first, shown)

    form = {"new_title": "Copy", "new_slug": "copy", "new_parent_page": page.get_parent().pk}
    admin_client.post(reverse("wagtailadmin_pages:copy", args=(page.pk,)), form)
    copy = page_at("en/news/copy")
    assert (copy.live, copy.first_published_at, copy.shown_dates) == (False, None, [])
    copy.latest_revision.publish()
    assert fresh(copy).first_published_at > first
    assert [date for date, _since in fresh(copy).shown_dates] == ["2023-03-03"]


def test_a_public_correction_is_not_removed_or_reworded_unseen(client):
    notes = [("2024-01-02", "The number was wrong."), ("2024-02-02", "A name.")]
    page = with_corrections(make_news(1)[1], *notes)
    assert len(corrections(client, page)) == 2
    article = json.loads(
        lxml.html.fromstring(client.get(page.get_url()).content.decode()).xpath("//script[@type='application/ld+json']/text()")[
            0
        ]
    )
    assert "The number was wrong." in json.dumps(article)

    with_corrections(page, ("2024-02-02", "Another name."))

    assert corrections(client, page) == ["2 February 2024 Another name."]
    assert sorted(history(page)) == [
        "2024年1月2日的更正说明已变更或删除，原文：The number was wrong.",
        "2024年2月2日的更正说明已变更或删除，原文：A name.",
    ]


def test_publishing_a_text_again_removes_no_correction_from_the_history(admin_client):
    page = with_corrections(make_news(1)[1], ("2024-01-02", "The number was wrong."))
    publish_page(admin_client, page, title="Once more")

    assert fresh(page).title == "Once more"
    assert history(page) == []
