"""The admin wears the house's dress: its name, colours and mark; it greets, and previews in each language and width."""

import json
import re
from pathlib import Path

import lxml.html
import pytest
from django.conf import settings
from django.test import RequestFactory
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction

from accounts.roles import ROLES
from bases.models import Base
from tests.signing_in import client_of

pytestmark = pytest.mark.usefixtures("portal")

ROLE_KEYS = [role.key for role in ROLES]
ARTICLE = "news/yanshan-university-accredited/"


def _home(user) -> str:
    response = client_of(user).get(reverse("wagtailadmin_home"))
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def chief_editor(staff):
    return staff("chief-editor")


def test_title_and_mark_are_the_portals(chief_editor):
    text = _home(chief_editor)
    tree = lxml.html.fromstring(text)

    assert "海智计划" in tree.xpath("//title")[0].text
    assert "Wagtail" not in tree.xpath("//title")[0].text
    assert {link.rpartition("/")[2] for link in tree.xpath("//link[@rel='icon']/@href")} == {"icon.svg", "favicon.ico"}
    logo = lxml.html.fromstring(re.search(r"<template data-wagtail-sidebar-branding-logo>(.*?)</template>", text, re.S)[1])
    assert " ".join(logo.text_content().split()) == "海智计划HOME Program"
    assert tree.xpath("//h1//*[@lang='en']")[0].text == "HOME Program"


@pytest.mark.parametrize("key", ROLE_KEYS)
def test_nothing_names_wagtails_version_or_leads_to_its_site(staff, key):
    text = _home(staff(key))

    assert "wagtail.org" not in text
    assert not re.search(r"Wagtail \d", text)
    assert "avatar__edit-link" not in text


def _person(text: str) -> dict:
    props = json.loads(re.search(r'<script id="wagtail-sidebar-props"[^>]*>(.*?)</script>', text, re.S)[1])
    menu = next(module for module in props["modules"] if module["_type"].endswith("MainMenuModule"))
    return menu["_args"][2]


def test_the_menu_names_the_person_in_the_script_of_its_language(chief_editor):
    chief_editor.name_zh, chief_editor.first_name, chief_editor.last_name = "王海智", "Haizhi", "Wang"
    chief_editor.save()
    assert _person(_home(chief_editor))["name"] == "王海智"

    chief_editor.set_preferred_language("en")
    assert _person(_home(chief_editor))["name"] == "Haizhi Wang"


def test_without_a_name_the_menu_shows_the_one_to_sign_in_with(chief_editor):
    assert _person(_home(chief_editor))["name"] == chief_editor.username


def _welcome(user):
    return lxml.html.fromstring(_home(user)).xpath("//section[@aria-labelledby='welcome']")[0]


@pytest.mark.parametrize("key", [*ROLE_KEYS, "news-writer", "bases-translator", "about-reviewer"])
def test_each_role_is_told_what_it_is_for_and_every_link_opens(staff, key):
    user = staff(key)
    client, panel = client_of(user), _welcome(user)
    links = panel.xpath(".//a/@href")

    assert len(panel.xpath(".//p[@class='house-welcome__duty']")) == 1
    assert links
    assert {link: client.get(link, follow=True).status_code for link in links} == dict.fromkeys(links, 200)


@pytest.mark.parametrize(
    ("key", "indexes"), [("writer", ["zh"]), ("translator", ["en"]), ("chief-editor", ["zh", "en"]), ("auditor", [])]
)
def test_writing_is_offered_in_the_languages_one_may_write(staff, key, indexes):
    pages = [Page.objects.get(url_path=f"/{prefix}/news/").pk for prefix in indexes]
    addresses = [reverse("wagtailadmin_pages:add", args=("news", "newspage", page)) for page in pages]

    assert sorted(link for link in _welcome(staff(key)).xpath(".//a/@href") if "/add/news/" in link) == sorted(addresses)


def test_the_welcome_speaks_both_languages(chief_editor):
    chinese = _welcome(chief_editor).text_content()
    chief_editor.set_preferred_language("en")
    english = _welcome(chief_editor).text_content()

    assert "签发两人审核通过的内容" in chinese
    assert "You release what two others have reviewed" in english
    assert "Write a news item (Chinese)" in english
    assert "撰写新闻（英文）" in chinese


def _modes(page) -> list[tuple[str, str]]:
    return Page.objects.get(pk=page.pk).specific.preview_modes


def test_a_page_is_previewed_in_each_language_that_is_public():
    page = Page.objects.get(url_path=f"/zh/{ARTICLE}")
    assert _modes(page) == [("", "中文"), ("en", "英文")]

    english = Page.objects.get(url_path=f"/en/{ARTICLE}")
    assert _modes(english) == [("", "英文"), ("zh-hans", "中文")]
    restriction = PageViewRestriction.objects.create(page=english, restriction_type=PageViewRestriction.LOGIN)
    assert _modes(page) == [("", "中文")]
    restriction.delete()
    english.live = False
    english.save()
    assert _modes(page) == [("", "中文")]


@pytest.mark.parametrize(("mode", "language"), [("", "zh-Hans"), ("en", "en")])
def test_the_preview_shows_the_language_that_was_chosen(chief_editor, mode, language):
    page = Page.objects.get(url_path=f"/zh/{ARTICLE}").specific
    request = RequestFactory().get("/")
    request.user = chief_editor
    response = page.make_preview_request(request, mode)
    tree = lxml.html.fromstring(response.content.decode())

    assert tree.get("lang") == language
    assert tree.xpath("//h1")[0].text_content() == Page.objects.get(url_path=f"/{language[:2]}/{ARTICLE}").title


@pytest.mark.parametrize("thing", ["page", "record"])
def test_previews_are_as_wide_as_a_phone_and_a_desk(thing):
    shown = Page.objects.get(url_path="/zh/about/").specific if thing == "page" else Base.objects.first()
    widths = {size["name"]: size["device_width"] for size in shown.preview_sizes}

    assert widths["mobile"] == 390
    assert widths["desktop"] == 1280


def _luminance(colour: str) -> float:
    """The relative luminance of "#rrggbb" (WCAG 2.2)."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


WHITE, DARK_PAGE, DARK_MENU = "#ffffff", "#262626", "#1d1d1d"


@pytest.mark.parametrize(
    ("name", "other", "least"),
    [
        ("primary", WHITE, 4.5),
        ("primary-200", WHITE, 4.5),
        ("secondary", WHITE, 4.5),
        ("secondary-400", WHITE, 4.5),
        ("secondary-600", WHITE, 4.5),
        ("secondary-100", DARK_PAGE, 4.5),
        ("secondary-75", DARK_PAGE, 4.5),
        ("secondary-100", DARK_MENU, 4.5),
        ("focus", WHITE, 3),
        ("focus", DARK_PAGE, 3),
    ],
)
def test_the_houses_colours_are_read_on_the_admins_surfaces(name, other, least):
    sheet = (Path(settings.BASE_DIR) / "static/css/admin.css").read_text()
    colour = re.search(rf"--w-color-{name}: (#[0-9a-f]{{6}});", sheet)[1]

    assert _contrast(colour, other) >= least
