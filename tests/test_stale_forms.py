"""A form opened before somebody else saved is refused and loses nothing."""

import lxml.html
import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import querydict_from_html

from tests.editing import NO_BODY, SUBMIT, page_at
from tests.signing_in import client_of

pytestmark = pytest.mark.usefixtures("portal")

ARTICLE = "zh/news/yanshan-university-accredited"


def opened(client, page) -> dict:
    address = reverse("wagtailadmin_pages:edit", args=(page.pk,))
    return querydict_from_html(client.get(address).content.decode(), "page-edit-form").dict() | NO_BODY


def newest_title(page) -> str:
    return page_at(ARTICLE).get_latest_revision_as_object().title


@pytest.mark.parametrize("button", [{}, SUBMIT])
def test_what_another_person_saved_meanwhile_is_not_written_over_unseen(staff, button):
    page = page_at(ARTICLE)
    page.save_revision()
    client, colleague = client_of(staff("writer")), staff("news-writer")
    form = opened(client, page) | {"title": "我的标题"}
    other = page_at(ARTICLE)
    other.title = "同事的标题"
    other.save_revision(user=colleague)

    address = reverse("wagtailadmin_pages:edit", args=(page.pk,))
    answer = client.post(address, form | button)

    assert answer.status_code == 200
    assert newest_title(page) == "同事的标题"
    assert not page_at(ARTICLE).workflow_in_progress
    tree = lxml.html.fromstring(answer.content.decode())
    assert "保存了另一个版本" in tree.text_content()
    assert colleague.get_short_name() in tree.text_content()
    assert tree.xpath("//textarea[@id='id_title']/text()|//input[@id='id_title']/@value")[0].strip() == "我的标题"

    again = querydict_from_html(answer.content.decode(), "page-edit-form").dict() | NO_BODY
    assert client.post(address, again).status_code == 302
    assert newest_title(page) == "我的标题"


def test_what_one_saved_oneself_is_written_over(staff):
    page, client = page_at(ARTICLE), client_of(staff("writer"))
    address = reverse("wagtailadmin_pages:edit", args=(page.pk,))
    form = opened(client, page)
    saved = client.post(address, form | {"title": "自动保存"}, headers={"accept": "application/json"}).json()

    answer = client.post(address, form | {"title": "接着写", "overwrite_revision_id": str(saved["revision_id"])})

    assert answer.status_code == 302
    assert newest_title(page) == "接着写"
