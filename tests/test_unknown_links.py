"""Links to hosts that the portal does not know are named to those who review, and redirects lead to the portal alone."""

import json

import lxml.html
import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from core.links import host_of
from portal.unknown_links import unknown_links
from tests.editing import body, content_state, edit_page, link, page_at
from tests.signing_in import client_of
from tests.unsafe_addresses import UNSAFE

pytestmark = pytest.mark.usefixtures("portal")

ARTICLE = "zh/news/yanshan-university-accredited"


@pytest.fixture
def chief(staff):
    return client_of(staff("chief-editor"))


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://CAST.org.cn/a", "cast.org.cn"),
        ("//evil.example/a", "evil.example"),
        ("/\\evil.example", "evil.example"),
        ("https://cast.org.cn@evil.example/", "evil.example"),
        ("/zh/", ""),
        ("mailto:a@b.cn", ""),
        ("http://[", "http://["),
    ],
)
def test_the_host_of_a_link_is_where_a_browser_would_go(address, host):
    assert host_of(address) == host


@pytest.mark.parametrize(
    ("target", "taken"),
    [
        ("http://127.0.0.1:8000/zh/about/", True),
        ("https://www.cast.org.cn/", False),
        ("ftp://www.cast.org.cn/", False),
        ("https://www.cast.org.cn.evil.example/", False),
        ("https://evil.example/", False),
        ("//evil.example/", False),
        ("/\\evil.example/", False),
        *((address, False) for address in UNSAFE),
    ],
)
def test_a_redirect_leads_to_the_portal_alone(chief, target, taken):
    chief.post(reverse("wagtailredirects:add"), {"old_path": "/old/", "redirect_link": target, "is_permanent": "on"})

    assert Redirect.objects.filter(old_path="/old").exists() is taken


def test_links_to_unknown_hosts_are_named_to_whoever_opens_submits_or_previews_the_page(chief, staff):
    page, writer = page_at(ARTICLE), client_of(staff("writer"))
    unknown = "https://casino.example/win"
    text = content_state("链接们", link(url=unknown), link(url="https://www.cast.org.cn/"))

    submitted = edit_page(writer, page, **body(("paragraph", text)), **{"action-submit": "1"})
    told = [str(message) for message in get_messages(submitted.wsgi_request)]
    opened = chief.get(reverse("wagtailadmin_pages:edit", args=(page.pk,))).content.decode()
    preview = chief.get(reverse("wagtailadmin_pages:view_draft", args=(page.pk,))).content.decode()

    assert any(unknown in message for message in told)
    assert not any("cast.org.cn" in message for message in told)
    assert opened.count(unknown) >= 2
    assert unknown in lxml.html.fromstring(preview).xpath("string(//aside[contains(@class, 'fact-box')])")


def test_the_report_lists_live_pages_with_links_to_unknown_hosts(chief, client, staff):
    page = page_at(ARTICLE)
    report = reverse("unknown_links")
    assert "casino.example" not in chief.get(report).content.decode()
    page.body = json.dumps([{"type": "paragraph", "value": '<p><a href="//casino.example/">x</a></p>'}])
    page.save_revision().publish()

    assert "casino.example" in chief.get(report).content.decode()
    assert "casino.example" in b"".join(chief.get(report, {"export": "csv"}).streaming_content).decode()
    assert "fact-box" not in client.get(page.url).content.decode()
    assert client_of(staff("administrator")).get(report).status_code == 302
    assert client.get(report).status_code == 302


def test_the_starter_content_links_to_known_hosts_alone(portal):
    assert {page.url_path: unknown_links(page) for page in Page.objects.live().specific() if unknown_links(page)} == {}
