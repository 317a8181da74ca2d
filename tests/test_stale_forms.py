"""A form opened before somebody else saved is refused and loses nothing."""

import lxml.html
import pytest
from django.urls import reverse
from wagtail.log_actions import log
from wagtail.test.utils.form_data import querydict_from_html

from bases.models import Base, Province
from editorial.models import ListedWord
from portal.models import SiteSettings
from search.models import Term
from terminology.models import Name
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


def test_a_record_that_another_person_saved_meanwhile_is_not_written_over_unseen(staff):
    base, client, colleague = Base.objects.live().first(), client_of(staff("writer")), staff("news-writer")
    base.save_revision()
    address = reverse(Base.snippet_viewset.get_url_name("edit"), args=(base.pk,))
    form = querydict_from_html(client.get(address).content.decode(), "w-editor-form").dict()
    other = Base.objects.get(pk=base.pk)
    other.name_en = "A colleague's name"
    other.save_revision(user=colleague)

    answer = client.post(address, form | {"name_en": "My name"})

    text = answer.content.decode()
    assert newest_name(base) == "A colleague's name"
    assert f"{colleague.get_short_name()}于" in text
    again = querydict_from_html(text, "w-editor-form").dict()
    assert again["name_en"] == "My name"
    assert client.post(address, again).status_code == 302
    assert newest_name(base) == "My name"


def newest_name(base) -> str:
    return Base.objects.get(pk=base.pk).get_latest_revision_as_object().name_en


def edit_address(item) -> str:
    """Return where `item`, which has no versions, is edited."""
    if isinstance(item, SiteSettings):
        return reverse("wagtailsettings:edit", args=("portal", "sitesettings", item.site_id))
    return reverse(item.snippet_viewset.get_url_name("edit"), args=(item.pk,))


@pytest.mark.parametrize(
    ("model", "field"),
    [(Province, "name_en"), (Name, "note"), (Term, "english"), (ListedWord, "replacement"), (SiteSettings, "organiser_en")],
)
def test_what_has_no_versions_is_not_written_over_unseen_either(admin_client, staff, model, field):
    ListedWord.objects.get_or_create(word="旧词", language="zh-hans")
    Term.objects.get_or_create(chinese="海智计划；海智", english="HOME")
    item, colleague = model.objects.first(), staff("news-writer")
    address = edit_address(item)
    form = querydict_from_html(admin_client.get(address).content.decode(), "w-editor-form").dict()
    log(item, "wagtail.edit", user=colleague)

    answer = admin_client.post(address, form | {field: "Mine"})

    text = answer.content.decode()
    item.refresh_from_db()
    assert getattr(item, field) != "Mine"
    assert f"{colleague.get_short_name()}于" in text
    again = querydict_from_html(text, "w-editor-form").dict()
    assert again[field].strip() == "Mine"  # a line break stands before the text of a textarea
    assert admin_client.post(address, again).status_code == 302
    item.refresh_from_db()
    assert getattr(item, field) == "Mine"
    own = querydict_from_html(admin_client.get(address).content.decode(), "w-editor-form").dict()
    log(item, "wagtail.edit", user=answer.wsgi_request.user)
    assert admin_client.post(address, own).status_code == 302
