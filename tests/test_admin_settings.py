"""The settings in the admin: of the portal in both languages, of the staff, and all pages of Wagtail's own."""

import pytest
from django.urls import reverse
from wagtail.models import Site
from wagtail.test.utils.form_data import querydict_from_html

from accounts.models import User

pytestmark = pytest.mark.usefixtures("contexts")


def _text(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def _form(client, address: str) -> dict:
    """Return the fields of the form at `address` as a browser would send them."""
    return querydict_from_html(_text(client, address), "w-editor-form").dict()


SETTINGS_PAGES = (
    "wagtailusers_users:index",
    "wagtailusers_users:add",
    "wagtailusers_groups:index",
    "wagtailusers_groups:add",
    "wagtailsites:index",
    "wagtailadmin_collections:index",
    "wagtailadmin_workflows:index",
    "wagtailadmin_workflows:task_index",
    "wagtailredirects:index",
    "wagtailredirects:add",
    "wagtailimages:index",
    "wagtailimages:add_multiple",
    "wagtaildocs:index",
    "wagtailadmin_account",
    "wagtailadmin_reports:locked_pages",
    "wagtailadmin_reports:aging_pages",
    "wagtailadmin_reports:site_history",
    "wagtailadmin_reports:workflow",
)


@pytest.mark.parametrize("name", SETTINGS_PAGES)
def test_every_page_of_the_settings_and_reports_opens(portal, admin_client, name):
    _text(admin_client, reverse(name))


def test_the_portal_settings_are_kept_in_both_languages_and_shown_on_every_page(portal, admin_client, client):
    address = reverse("wagtailsettings:edit", args=("portal", "sitesettings", Site.objects.get().pk))
    data = _form(admin_client, address) | {
        "organiser_zh_hans": "某主办单位",
        "organiser_en": "Some organiser",
        "icp_number": "京ICP备12345678号",
        "public_security_number": "京公网安备11010102001234号",
    }

    assert admin_client.post(address, data).status_code == 302

    chinese, english = client.get("/zh/about/").content.decode(), client.get("/en/news/").content.decode()
    assert "某主办单位" in chinese
    assert "Some organiser" in english
    for text in (chinese, english):
        assert '<a href="https://beian.miit.gov.cn/">京ICP备12345678号</a>' in text
        assert "https://beian.mps.gov.cn/#/query/webSearch?code=11010102001234" in text


def test_a_public_security_number_without_its_fourteen_digits_is_refused(portal, admin_client):
    address = reverse("wagtailsettings:edit", args=("portal", "sitesettings", Site.objects.get().pk))

    response = admin_client.post(address, _form(admin_client, address) | {"public_security_number": "京公网安备123号"})

    assert set(response.context["form"].errors) == {"public_security_number"}


def test_a_member_of_staff_is_added_with_name_in_chinese_unit_and_language(portal, admin_client):
    address = reverse("wagtailusers_users:add")
    data = _form(admin_client, address) | {
        "username": "li-hua",
        "email": "li@example.org",
        "first_name": "Hua",
        "last_name": "Li",
        "name_zh": "李华",
        "unit": "国际联络部",
        "preferred_language": "en",
        "password1": "a very long password",
        "password2": "a very long password",
    }

    response = admin_client.post(address, data)

    assert response.status_code == 302, response.context["form"].errors
    user = User.objects.get(username="li-hua")
    assert (user.name_zh, user.unit, user.preferred_language) == ("李华", "国际联络部", "en")
